# 64-bit ARM with glibc.
TARGET     := aarch64-linux-gnu
LOADER     := ld-linux-aarch64.so.1
include library/glibc.mk
