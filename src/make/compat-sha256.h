/*
 * SHA-256 (FIPS 180-4) as each system's library has it: libmd on Linux and
 * FreeBSD, libc on the other BSDs, CommonCrypto on macOS.
 */
#ifndef COMPAT_SHA256_H
#define COMPAT_SHA256_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define SHA256_SIZE 32

#if defined(__APPLE__)
#include <CommonCrypto/CommonDigest.h>

static inline void sha256(const void *data, size_t len, unsigned char *ret)
{
	(void)CC_SHA256(data, (CC_LONG)len, ret);
}
#elif defined(__OpenBSD__)
#include <sha2.h>

static inline void sha256(const void *data, size_t len, unsigned char *ret)
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, data, len);
	SHA256Final(ret, &context);
}
#else
#ifdef __NetBSD__
#include <sha2.h>
#else
#include <sha256.h>
#endif

/* The SHA-256 of len bytes, in ret (SHA256_SIZE bytes). */
static inline void sha256(const void *data, size_t len, unsigned char *ret)
{
	SHA256_CTX context;

	SHA256_Init(&context);
	SHA256_Update(&context, data, len);
	SHA256_Final(ret, &context);
}
#endif

#endif
