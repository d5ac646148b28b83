# x86-64 with musl (Alpine).
TARGET     := x86_64-linux-musl
include library/musl.mk
