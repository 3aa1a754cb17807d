/* Slows what a save waits for, so that a kill at a random moment falls into the middle of one: on a fast disk hardly
 * any does. Loaded with LD_PRELOAD; SLOW_MS is how long each call takes, half of it before and half after. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void half(void) {
    const char *wanted = getenv("SLOW_MS");
    long ms = wanted ? atol(wanted) : 0;
    if (ms > 0) {
        struct timespec time = {ms / 2000, (ms / 2 % 1000) * 1000000L};
        nanosleep(&time, NULL);
    }
}

#define SLOWED(name, parameters, arguments)                          \
    int name parameters {                                            \
        static int (*real) parameters;                               \
        if (!real) real = (int (*) parameters)dlsym(RTLD_NEXT, #name); \
        half();                                                      \
        int done = real arguments;                                   \
        half();                                                      \
        return done;                                                 \
    }

SLOWED(fsync, (int file), (file))
SLOWED(fdatasync, (int file), (file))
SLOWED(rename, (const char *from, const char *to), (from, to))
SLOWED(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
