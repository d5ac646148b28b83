# 64-bit ARM with musl (Alpine).
TARGET     := aarch64-linux-musl
include library/musl.mk
