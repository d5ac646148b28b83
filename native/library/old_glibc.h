/* Comes before every source file, so that the library needs no symbol above GLIBC_2.27: the sysroot's glibc is newer. */
/* A symbol since glibc 2.33, an inline call of __fxstat before. On 64-bit Linux struct stat is the kernel's own. */
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#define fstat(fd, buffer) ((int)syscall(SYS_fstat, fd, buffer))

/* libbpf undefines _GNU_SOURCE where it wants POSIX' strerror_r; after the headers above that is too late. */
#include <string.h>
int __xpg_strerror_r(int error, char *buffer, size_t size);
#define strerror_r __xpg_strerror_r
