/*
 * SHA-256, for some hundred bytes: short rather than fast.  venv-which has no
 * library but libc; what venv hashes is compat-sha256.h's.
 */
#include "hash.h"

#include <stdint.h>
#include <string.h>

#define BLOCK 64

static const uint32_t rounds[BLOCK] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turn_right(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static void spread(const unsigned char *block, uint32_t w[BLOCK])
{
	for (unsigned i = 0; i < 16; i++, block += 4)
		w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 |
			(uint32_t)block[2] << 8 | block[3];
	for (unsigned i = 16; i < BLOCK; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		a = turn_right(a, 7) ^ turn_right(a, 18) ^ a >> 3;
		b = turn_right(b, 17) ^ turn_right(b, 19) ^ b >> 10;
		w[i] = w[i - 16] + a + w[i - 7] + b;
	}
}

static void mix(uint32_t state[8], const unsigned char *block)
{
	uint32_t w[BLOCK], s[8];

	spread(block, w);
	memcpy(s, state, sizeof(s));
	for (unsigned i = 0; i < BLOCK; i++) {
		uint32_t a = s[0], e = s[4];
		uint32_t one = s[7] + (turn_right(e, 6) ^ turn_right(e, 11) ^
				       turn_right(e, 25)) +
			((e & s[5]) ^ (~e & s[6])) + rounds[i] + w[i];
		uint32_t two = (turn_right(a, 2) ^ turn_right(a, 13) ^
				turn_right(a, 22)) +
			((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));

		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += one;
		s[0] = one + two;
	}
	for (unsigned i = 0; i < 8; i++)
		state[i] += s[i];
}

void hash_text(const char *text, char ret[HASH_SIZE])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789-_";
	uint32_t state[8] = {
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	};
	unsigned char last[2 * BLOCK] = { 0 };
	size_t len = strlen(text), rest = len % BLOCK;
	size_t end = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
	uint64_t bits = (uint64_t)len * 8;

	for (size_t i = 0; i + BLOCK <= len; i += BLOCK)
		mix(state, (const unsigned char *)text + i);
	memcpy(last, text + len - rest, rest);
	last[rest] = 0x80;
	for (unsigned i = 1; i <= 8; i++, bits >>= 8)
		last[end - i] = (unsigned char)bits;
	for (size_t i = 0; i < end; i += BLOCK)
		mix(state, last + i);
	bits = (uint64_t)state[0] << 16 | state[1] >> 16;
	for (unsigned i = 0; i < HASH_SIZE - 1; i++)
		ret[i] = digits[bits >> (42 - 6 * i) & 63];
	ret[HASH_SIZE - 1] = '\0';
}
