// SPDX-License-Identifier: Apache-2.0
// SPDX-License-Identifier: Apache-2.0
// Linux calls that Glibc's Swift module leaves out. Headers only: no C of ours is compiled.
// _GNU_SOURCE stays undefined: with it, types of the system's headers differ from those that other modules have seen.
#include <elf.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
// The one call that is hidden without it.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
