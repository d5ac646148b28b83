# What the platforms with musl have in common. The musl it is linked with is the one that .NET 10 asks for, 1.2.3: its
# symbols carry no version that could be looked at, and one that it lacks fails the link.
INCLUDES   := $(SYSROOT)/usr/include/$(TARGET) $(OUT)/obj/$(PLATFORM)/kernel
LIBRARIES  := $(SYSROOT)/lib/$(TARGET)
CFLAGS     :=
# Every musl answers to this name, whatever its distribution calls the file.
NEEDED     := libc.so
GLIBC_MAX  :=

# musl has no kernel headers: these are glibc's neighbours, without glibc's own.
LIBRARY_HEADERS := $(addprefix $(OUT)/obj/$(PLATFORM)/kernel/,linux asm asm-generic)

$(LIBRARY_HEADERS):
	@mkdir -p $(@D)
	@ln -sfn $(SYSROOT)/usr/$(TARGET:-musl=-gnu)/include/$(@F) $@
