# How Nix builds the package: nix-build -E 'with import <nixpkgs> {};
# callPackage ./venv-which.nix {}'
{ lib, stdenv, fetchurl, libmd, readline, zsh }:

stdenv.mkDerivation rec {
  pname = "venv-which";
  version = "@version@";

  src = fetchurl {
    url = "@url@";
    sha256 = "@sha256@";
  };

  buildInputs = [ libmd readline ];
  nativeBuildInputs = [ zsh ];
  makeFlags = [ "prefix=${placeholder "out"}" ];
  preBuild = ''
    makeFlagsArray+=("MANNER=by Nix" "UPDATE=nix profile upgrade venv-which")
  '';

  doInstallCheck = true;
  installCheckPhase = ''
    test "$($out/bin/venv --version)" = "venv ${version}"
  '';

  meta = {
    description = "Activates the virtual environment of the directory one enters";
    license = lib.licenses.mit;
    mainProgram = "venv";
    platforms = lib.platforms.unix;
  };
}
