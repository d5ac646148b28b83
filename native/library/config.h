/* Stands in for the config.h that elfutils' configure would generate: all that libelf reads of it. */
#define HAVE_VISIBILITY 1
#define HAVE_STDATOMIC_H 1
#define HAVE_FALLTHROUGH 1
/* Only for the declarations: libelf calls nothing of it. musl has no error.h. */
#define HAVE_ERR_H 1
#define HAVE_DECL_MEMPCPY 1
#define HAVE_DECL_MEMRCHR 1
#define HAVE_DECL_POWEROF2 1
#define HAVE_DECL_REALLOCARRAY 1
#include <eu-config.h>
