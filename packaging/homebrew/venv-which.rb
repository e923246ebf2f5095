# How Homebrew builds the package: brew install --build-from-source ./venv-which.rb
class VenvWhich < Formula
  desc "Activates the virtual environment of the directory one enters"
  homepage "@url@"
  url "@url@"
  sha256 "@sha256@"
  license "MIT"

  depends_on "make" => :build
  depends_on "readline"

  on_linux do
    depends_on "libmd" => :build
    depends_on "zsh" => :build
  end

  def install
    system "gmake", "install", "prefix=#{prefix}", "MANNER=by Homebrew",
           "UPDATE=brew upgrade venv-which"
  end

  def caveats
    <<~TEXT
      One line in the startup file of your shell turns it on:
        bash  eval "$(command venv init bash)"
        zsh   eval "$(command venv init zsh)"
        fish  command venv init fish | source
    TEXT
  end

  test do
    assert_equal "venv #{version}", shell_output("#{bin}/venv --version").chomp
    (testpath/"app/.venv/bin").mkpath
    (testpath/"app/.venv/pyvenv.cfg").write "version = 3.12.1\n"
    assert_match "broken", shell_output("cd app && #{bin}/venv-which 2>&1", 4)
  end
end
