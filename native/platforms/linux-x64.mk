# x86-64 with glibc.
TARGET     := x86_64-linux-gnu
CFLAGS     := -include library/old_glibc.h
# libelf's thread-local error number is reached through the loader.
NEEDED     := libc.so.6 ld-linux-x86-64.so.2
# .NET 10 asks for this glibc, and so must this library for no newer one.
GLIBC_MAX  := 2.27
