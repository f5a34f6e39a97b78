/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads what a network element is asked to do about overload out of the file in memory that vcpuacct
 * writes (docs/load-shedding.md). Nothing to link: C11 or C++11, Linux, GCC or Clang.
 *
 *   struct vcpuacct_overload_reader reader;
 *   struct vcpuacct_overload overload;
 *   vcpuacct_overload_init(&reader, VCPUACCT_OVERLOAD_FILE, "mme-1");
 *   for each call:
 *     if (vcpuacct_overload_read(&reader, &overload) == 0)
 *       turn away overload.reduction percent of the new traffic
 *     else
 *       take it all
 *   vcpuacct_overload_close(&reader);
 *
 * A look at a valid record makes no system call but clock_gettime(2), which the vDSO answers. A reader
 * belongs to one thread; each thread may have its own.
 */
#ifndef VCPUACCT_OVERLOAD_H
#define VCPUACCT_OVERLOAD_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* clock_gettime, O_CLOEXEC under -std=c11 */
#endif

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VCPUACCT_OVERLOAD_FILE "/run/vcpuacct/overload"
#define VCPUACCT_OVERLOAD_MAGIC "VAOVLOAD"
#define VCPUACCT_OVERLOAD_VERSION 1
#define VCPUACCT_OVERLOAD_NAME_BYTES 256

/* Values of vcpuacct_overload.level. */
enum {
	VCPUACCT_LEVEL_NORMAL = 1,
	VCPUACCT_LEVEL_MINOR = 2,
	VCPUACCT_LEVEL_MAJOR = 3,
	VCPUACCT_LEVEL_CRITICAL = 4
};

/* Values of vcpuacct_overload.cause. */
enum {
	VCPUACCT_CAUSE_NONE = 1,
	VCPUACCT_CAUSE_DEMAND = 2,
	VCPUACCT_CAUSE_OVERHEAD = 3,
	VCPUACCT_CAUSE_CONTENTION = 4
};

/* Values of vcpuacct_overload.algorithm. */
enum { VCPUACCT_ALGORITHM_NONE = 0, VCPUACCT_ALGORITHM_LOSS = 1 };

/* What holds of a network element: bytes 8 to 47 of its record. */
struct vcpuacct_overload {
	uint64_t sequence;       /* grows by one at each change of what call processing is to do */
	uint64_t measured_ns;    /* CLOCK_MONOTONIC at which the load was measured */
	uint64_t valid_until_ns; /* CLOCK_MONOTONIC from which on nobody may act on it */
	uint32_t index;          /* permanent index of the network element, vaNeIndex; 0: a free record */
	uint32_t validity_ms;
	uint8_t load;      /* percent of its vCPUs' time in which they were not idle */
	uint8_t reduction; /* percent of new traffic to turn away */
	uint8_t level;
	uint8_t cause;
	uint8_t algorithm;
	uint8_t reserved[3];
};

enum { VCPUACCT_OVERLOAD_WORDS = sizeof(struct vcpuacct_overload) / sizeof(uint64_t) };

/* The first 64 bytes of the file. */
struct vcpuacct_overload_header {
	char magic[8];
	uint32_t version;
	uint32_t header_bytes;
	uint32_t record_bytes;
	uint32_t capacity; /* records, free ones included */
	uint32_t state;    /* VCPUACCT_STATE_LIVE, or open the file anew */
	uint32_t reserved;
	uint64_t reserved_words[4]; /* and so what follows is aligned as a record must be */
};

enum { VCPUACCT_STATE_LIVE = 1, VCPUACCT_STATE_RETIRED = 2 };

/* A record: what is polled is one cache line. */
struct vcpuacct_overload_record {
	uint64_t lock; /* odd while the rest is written, another even number afterwards */
	uint64_t figures[VCPUACCT_OVERLOAD_WORDS]; /* struct vcpuacct_overload */
	uint64_t reserved[2];
	uint64_t name[VCPUACCT_OVERLOAD_NAME_BYTES / sizeof(uint64_t)]; /* UTF-8, zeros behind it */
};

/* A look at one network element. Its members are its own business. */
struct vcpuacct_overload_reader {
	const char *path;
	const char *ne;
	const struct vcpuacct_overload_header *file;
	const struct vcpuacct_overload_record *record;
	size_t file_bytes;
	uint32_t index;
	struct vcpuacct_overload last;
};

/*
 * More than a writer takes that the host has not stopped in the middle: some microseconds. A reader does not wait
 * for it any longer.
 */
enum { VCPUACCT_OVERLOAD_MAX_TRIES = 1000 };

/* Makes a reader. The file is opened by the first look; both texts must live as long as the reader. */
static inline void vcpuacct_overload_init(struct vcpuacct_overload_reader *reader, const char *path, const char *ne)
{
	memset(reader, 0, sizeof(*reader));
	reader->path = path;
	reader->ne = ne;
}

/* Lets go of the file. The reader may be used again. */
static inline void vcpuacct_overload_close(struct vcpuacct_overload_reader *reader)
{
	if (reader->file)
		munmap((void *)(uintptr_t)reader->file, reader->file_bytes);
	reader->file = NULL;
	reader->record = NULL;
}

static inline uint64_t vcpuacct_overload_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

/* Copies what a record says. Returns 0, or -EAGAIN if the writer has been stopped in the middle. */
static inline int vcpuacct_overload_copy(const struct vcpuacct_overload_record *record, struct vcpuacct_overload *to)
{
	uint64_t words[VCPUACCT_OVERLOAD_WORDS];
	int tries, i;

	for (tries = 0; tries < VCPUACCT_OVERLOAD_MAX_TRIES; tries++) {
		uint64_t before = __atomic_load_n(&record->lock, __ATOMIC_ACQUIRE);

		for (i = 0; i < VCPUACCT_OVERLOAD_WORDS; i++)
			words[i] = __atomic_load_n(&record->figures[i], __ATOMIC_RELAXED);
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
		if (!(before & 1) && __atomic_load_n(&record->lock, __ATOMIC_RELAXED) == before) {
			memcpy(to, words, sizeof(*to));
			return 0;
		}
	}
	return -EAGAIN;
}

/* The index of a record, or 0 if it is free. */
static inline uint32_t vcpuacct_overload_index(const struct vcpuacct_overload_record *record)
{
	struct vcpuacct_overload overload;

	return vcpuacct_overload_copy(record, &overload) == 0 ? overload.index : 0;
}

/* The index of a record if it has this name, or 0. A network element keeps its name: the index guards it. */
static inline uint32_t vcpuacct_overload_match(const struct vcpuacct_overload_record *record, const char *ne)
{
	uint64_t words[VCPUACCT_OVERLOAD_NAME_BYTES / sizeof(uint64_t)];
	char name[VCPUACCT_OVERLOAD_NAME_BYTES];
	uint32_t index = vcpuacct_overload_index(record);
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		words[i] = __atomic_load_n(&record->name[i], __ATOMIC_RELAXED);
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	memcpy(name, words, sizeof(name));
	return index == vcpuacct_overload_index(record) && strncmp(name, ne, sizeof(name) - 1) == 0 ? index : 0;
}

/* Maps the file. Returns 0; -EPROTO if it is no such file, or of another version; or why it cannot be opened. */
static inline int vcpuacct_overload_map(struct vcpuacct_overload_reader *reader)
{
	const struct vcpuacct_overload_header *header;
	struct stat status;
	void *memory;
	int fd, error = 0;

	fd = open(reader->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) < 0) {
		error = -errno;
		close(fd);
		return error;
	}
	if (status.st_size < (off_t)sizeof(*header)) {
		close(fd);
		return -EPROTO;
	}
	memory = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED)
		error = -errno;
	close(fd);
	if (error)
		return error;
	header = (const struct vcpuacct_overload_header *)memory;
	reader->file = header;
	reader->file_bytes = (size_t)status.st_size;
	if (memcmp(header->magic, VCPUACCT_OVERLOAD_MAGIC, sizeof(header->magic)) != 0 ||
	    header->version != VCPUACCT_OVERLOAD_VERSION || header->header_bytes != sizeof(*header) ||
	    header->record_bytes != sizeof(struct vcpuacct_overload_record) ||
	    header->capacity > (reader->file_bytes - sizeof(*header)) / sizeof(struct vcpuacct_overload_record)) {
		vcpuacct_overload_close(reader);
		return -EPROTO;
	}
	return 0;
}

/* Finds the record by its name, of which at most 255 bytes are in the file. Returns 0 or -ENOENT. */
static inline int vcpuacct_overload_find(struct vcpuacct_overload_reader *reader)
{
	const struct vcpuacct_overload_record *records = (const struct vcpuacct_overload_record *)(reader->file + 1);
	uint32_t i;

	for (i = 0; i < reader->file->capacity; i++) {
		reader->index = vcpuacct_overload_match(&records[i], reader->ne);
		if (reader->index != 0) {
			reader->record = &records[i];
			reader->last.index = 0;
			return 0;
		}
	}
	return -ENOENT;
}

/* Reads the record that was found. Returns 0, -ENOENT if it is another's by now, -ESTALE or -EAGAIN. */
static inline int vcpuacct_overload_look(struct vcpuacct_overload_reader *reader, struct vcpuacct_overload *overload)
{
	uint64_t now_ns;

	if (vcpuacct_overload_copy(reader->record, overload) == 0)
		reader->last = *overload;
	else if (reader->last.index != 0)
		*overload = reader->last; /* may be acted on while it is valid, whatever is being written */
	else
		return -EAGAIN;
	if (overload->index != reader->index)
		return -ENOENT;
	now_ns = vcpuacct_overload_now_ns();
	/* Before it was measured it is from before the last boot. */
	if (now_ns < overload->measured_ns || now_ns >= overload->valid_until_ns)
		return -ESTALE;
	return 0;
}

/*
 * What the network element is to do now. Returns 0, and otherwise it is to take all its traffic:
 *   -ESTALE  what was said has expired, or nothing was said yet: its load is not known, or the daemon has ended
 *   -ENOENT  there is no file, or no such network element in it
 *   -EACCES  the user is not in the group that may read
 *   -EPROTO  the file is of another version, or of another program
 *   -EAGAIN  the daemon has been stopped while it wrote this record, and nothing earlier is known
 * Each look that does not return 0 opens the file anew.
 */
static inline int vcpuacct_overload_read(struct vcpuacct_overload_reader *reader, struct vcpuacct_overload *overload)
{
	int error;

	if (reader->record && __atomic_load_n(&reader->file->state, __ATOMIC_ACQUIRE) == VCPUACCT_STATE_LIVE &&
	    vcpuacct_overload_look(reader, overload) == 0)
		return 0;
	vcpuacct_overload_close(reader);
	error = vcpuacct_overload_map(reader);
	if (error == 0)
		error = vcpuacct_overload_find(reader);
	return error == 0 ? vcpuacct_overload_look(reader, overload) : error;
}

#ifdef __cplusplus
}
#endif

#endif /* VCPUACCT_OVERLOAD_H */
