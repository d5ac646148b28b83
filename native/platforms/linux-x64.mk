# x86-64 with glibc.
TARGET     := x86_64-linux-gnu
LOADER     := ld-linux-x86-64.so.2
include library/glibc.mk
