# What the platforms with glibc have in common: their sysroot is that of Debian's cross compilers.
INCLUDES   := $(SYSROOT)/usr/$(TARGET)/include
LIBRARIES  := $(SYSROOT)/usr/$(TARGET)/lib
CFLAGS     := -include library/old_glibc.h
# The loader: libelf's thread-local error number, and on arm64 the stack protector's canary, are reached through it.
NEEDED     := libc.so.6 $(LOADER)
# .NET 10 asks for this glibc, and so must this library for no newer one.
GLIBC_MAX  := 2.27
