/*
 * payload: a KVM guest whose exits and times are known beforehand. Test code; x86-64, VMX or SVM.
 *
 *   payload [--name NAME] [--uuid UUID] [--vcpus N] [--pin CPU,CPU...] [--no-thread-names]
 *           [--chardev TEXT] [--device TEXT] [--status FILE] --phase PHASE [--phase PHASE]...
 *
 *   PHASE  vN:OP,OP...;vN:OP...   what each vCPU does, in order; a vCPU not named does nothing
 *   OP     io=N          N port writes, each completed by the VMM
 *          mmio=N        N writes to a page without memory, each completed by the VMM
 *          cpuid=N       N CPUID instructions
 *          hypercall=N   N calls of KVM_HC_VAPIC_POLL_IRQ, completed in the kernel
 *          msr=N         N reads of IA32_APIC_BASE
 *          hlt=N         N HLT instructions, each ended by the local APIC's timer after 500 us
 *          hlt=US:N      the same, after US microseconds each
 *          idle=MS       one HLT, ended by the local APIC's timer after MS milliseconds
 *          spin=MS       executes without exits until the time stamp counter says MS milliseconds
 *          vmmspin=US:N  N port writes, each answered after US microseconds of spinning in user space
 *
 * --pin sets vCPU i on the i-th CPU of the list, round and round: "--pin 1" puts all on CPU 1.
 * --name, --uuid, --chardev and --device do nothing; they are there to be found in the command line.
 * Threads are named vcpuN unless --no-thread-names is given.
 *
 * A phase begins with SIGUSR1 (one during a phase begins the next right after it); SIGTERM and SIGINT
 * end the process, status 0. Lines on FILE, or on standard output:
 *
 *   ready pid PID v0=TID v1=TID...
 *   phase 1 done WALL_NS ns v0:io=200000 v1:io=100000,cpuid=5
 *
 * The counts are those of writes that reached the VMM for io, vmmspin and mmio, else those executed.
 * WALL_NS runs from the signal to the last vCPU's end (CLOCK_MONOTONIC).
 *
 * Exits. Before "ready" each vCPU runs once and touches its memory: some nested page faults and one MMIO
 * write. From then on an op makes exactly these exits, and every op but mmio is ended by one more
 * MMIO write; mmio=N counts its own end in its N:
 *
 *   op          kvm_exit on SVM       kvm_exit on VMX              back to user space
 *   io          N IOIO (0x7b)         N IO_INSTRUCTION (30)        N KVM_EXIT_IO
 *   mmio        N NPF (0x400)         N EPT_MISCONFIG (49)         N KVM_EXIT_MMIO
 *   cpuid       N CPUID (0x72)        N CPUID (10)                 0
 *   hypercall   N VMMCALL (0x81)      N VMCALL (18)                0
 *   msr         N MSR (0x7c)          N MSR_READ (31)              0
 *   hlt         N HLT (0x78)          N HLT (12)                   0, and N MMIO writes in all
 *   idle        1 HLT                 1 HLT                        0
 *   spin        0                     0                            0
 *   vmmspin     N IOIO                N IO_INSTRUCTION             N KVM_EXIT_IO
 *   end of op   1 NPF                 1 EPT_MISCONFIG              1 KVM_EXIT_MMIO
 *
 * The timer is armed by KVM_SET_LAPIC and its interrupt is never acknowledged by the guest, so HLT costs
 * no APIC accesses. Besides, the host's own interrupts make exits of their own class (SVM INTR 0x60,
 * VMX EXTERNAL_INTERRUPT 1, and 52 where KVM uses the preemption timer), in numbers nobody can tell; and
 * should the host take guest pages away (swap, migration), they are faulted in again by NPF or
 * EPT_VIOLATION (48). The first access of all to the MMIO page is an EPT_VIOLATION on VMX.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/kvm.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { MAX_VCPUS = 64, MAX_PHASES = 64, MAX_OPS = 16, MAX_CPUS = 64 };

/* Guest-physical addresses; virtual ones are the same. */
enum {
  PAGE = 0x1000,
  PML4_AT = 0x1000,
  PDPT_AT = 0x2000,
  PD_AT = 0x3000,
  GDT_AT = 0x4000,
  IDT_AT = 0x5000,
  CODE_AT = 0x6000,
  STACKS_AT = 0x10000,
  RAM_SIZE = 0x200000,
  MMIO_AT = RAM_SIZE,
};

enum { CODE_SELECTOR = 0x08, DATA_SELECTOR = 0x10, TIMER_VECTOR = 0x40 };
enum { DEFAULT_HLT_US = 500, MAX_TIMER_MS = 500000 };

/*
 * What the guest executes. On entry: rbx the count, rdi the MMIO page, rsi 0. Every op ends at guest_end,
 * whose write brings the vCPU back to user space for good; so does the timer's interrupt.
 */
__asm__(
    ".pushsection .rodata\n"
    "guest_code:\n"
    "guest_touch: lock orb $0, (%rsi); add $0x1000, %rsi; dec %rbx; jnz guest_touch; jmp guest_end\n"
    "guest_io: mov $0x5e0, %edx\n"
    "1: out %al, %dx; dec %rbx; jnz 1b; jmp guest_end\n"
    "guest_mmio: dec %rbx; jz guest_end; mov %eax, (%rdi); jmp guest_mmio\n"
    "guest_cpuid: mov %rbx, %rsi\n"
    "1: xor %eax, %eax; cpuid; dec %rsi; jnz 1b; jmp guest_end\n"
    "guest_vmcall: mov $1, %eax; vmcall; dec %rbx; jnz guest_vmcall; jmp guest_end\n"
    "guest_vmmcall: mov $1, %eax; vmmcall; dec %rbx; jnz guest_vmmcall; jmp guest_end\n"
    "guest_msr: mov $0x1b, %ecx\n"
    "1: rdmsr; dec %rbx; jnz 1b; jmp guest_end\n"
    "guest_hlt: sti; hlt; jmp guest_hlt\n"
    "guest_spin: rdtsc; shl $32, %rdx; or %rdx, %rax; add %rax, %rbx\n"
    "1: rdtsc; shl $32, %rdx; or %rdx, %rax; cmp %rbx, %rax; jb 1b\n"
    "guest_end: mov %eax, (%rdi); jmp guest_end\n"
    "guest_code_end:\n"
    ".popsection\n");
extern const char guest_code[], guest_code_end[], guest_touch[], guest_io[], guest_mmio[], guest_cpuid[],
    guest_vmcall[], guest_vmmcall[], guest_msr[], guest_hlt[], guest_spin[], guest_end[];

enum op_kind { IO, MMIO, CPUID, HYPERCALL, MSR, HLT, IDLE, SPIN, VMMSPIN, OP_KINDS };

static const char *const op_names[OP_KINDS] = {
    "io", "mmio", "cpuid", "hypercall", "msr", "hlt", "idle", "spin", "vmmspin",
};

struct op {
  enum op_kind kind;
  uint64_t count; /* milliseconds for IDLE and SPIN */
  uint64_t us;    /* per HLT or VMMSPIN */
};

struct program {
  struct op ops[MAX_OPS];
  int length;
};

struct vcpu {
  int number;
  int fd;
  pthread_t thread;
  pid_t tid;
  struct kvm_run *run;
  struct kvm_lapic_state lapic; /* as it is with no timer armed */
  uint64_t tsc_khz;
  uint64_t done[MAX_OPS]; /* of the phase under way or just over */
};

static struct {
  const char *uuid, *name, *chardev, *device, *status_path;
  int vcpus;
  int pin[MAX_CPUS];
  int pinned;
  bool thread_names;
  struct program phases[MAX_PHASES][MAX_VCPUS];
  int phase_count;
} options = {.vcpus = 1, .thread_names = true};

static struct vcpu vcpus[MAX_VCPUS];
static char *ram;
static FILE *status;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t phase_began = PTHREAD_COND_INITIALIZER;
static int current_phase; /* counts from 1; 0 is the first run, before "ready" */
static int vcpus_at_work;

static _Noreturn void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("payload: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  _exit(1);
}

static int must(int result, const char *what) {
  if (result < 0) {
    fail("%s: %s", what, strerror(errno));
  }
  return result;
}

static uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ---- the command line ---- */

static uint64_t parse_number(const char *text, const char *whole) {
  char *end;
  errno = 0;
  uint64_t number = strtoull(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || *text == '-' || number == 0) {
    fail("'%s': needs a positive whole number, not '%s'", whole, text);
  }
  return number;
}

static int parse_up_to(const char *text, int limit, const char *whole) {
  uint64_t number = parse_number(text, whole);
  if (number > (uint64_t)limit) {
    fail("'%s': at most %d", whole, limit);
  }
  return (int)number;
}

static enum op_kind parse_kind(const char *name, const char *whole) {
  for (int kind = 0; kind < OP_KINDS; kind++) {
    if (strcmp(name, op_names[kind]) == 0) {
      return (enum op_kind)kind;
    }
  }
  fail("'%s': no such op", whole);
}

static struct op parse_op(char *text) {
  char whole[128];
  snprintf(whole, sizeof whole, "%s", text);
  char *value = strchr(text, '=');
  if (value == NULL) {
    fail("'%s': an op is NAME=NUMBER", whole);
  }
  *value++ = '\0';
  struct op op = {.kind = parse_kind(text, whole), .us = DEFAULT_HLT_US};
  char *colon = strchr(value, ':');
  if (op.kind == VMMSPIN && colon == NULL) {
    fail("'%s': vmmspin is MICROSECONDS:NUMBER", whole);
  }
  if (colon != NULL && (op.kind == VMMSPIN || op.kind == HLT)) {
    *colon = '\0';
    op.us = (uint64_t)parse_up_to(value, MAX_TIMER_MS * 1000, whole);
    value = colon + 1;
  }
  op.count = op.kind == IDLE ? (uint64_t)parse_up_to(value, MAX_TIMER_MS, whole) : parse_number(value, whole);
  return op;
}

/* vN:OP,OP... */
static void parse_program(char *text, struct program *phase) {
  char *colon = strchr(text, ':');
  char *end;
  if (text[0] != 'v' || colon == NULL) {
    fail("'%s': a phase is vN:OP,OP...;vN:OP...", text);
  }
  *colon = '\0';
  unsigned long number = strtoul(text + 1, &end, 10);
  if (end == text + 1 || *end != '\0' || number >= MAX_VCPUS) {
    fail("'%s': no such vCPU", text);
  }
  struct program *program = &phase[number];
  char *rest;
  for (char *op = strtok_r(colon + 1, ",", &rest); op != NULL; op = strtok_r(NULL, ",", &rest)) {
    if (program->length == MAX_OPS) {
      fail("%s: at most %d ops a phase", text, MAX_OPS);
    }
    program->ops[program->length++] = parse_op(op);
  }
}

static void parse_phase(const char *text) {
  if (options.phase_count == MAX_PHASES) {
    fail("at most %d phases", MAX_PHASES);
  }
  char *copy = strdup(text);
  char *rest;
  for (char *part = strtok_r(copy, ";", &rest); part != NULL; part = strtok_r(NULL, ";", &rest)) {
    parse_program(part, options.phases[options.phase_count]);
  }
  free(copy);
  options.phase_count++;
}

static void parse_pin(const char *text) {
  char *copy = strdup(text);
  char *rest;
  for (char *cpu = strtok_r(copy, ",", &rest); cpu != NULL; cpu = strtok_r(NULL, ",", &rest)) {
    if (options.pinned == MAX_CPUS || strspn(cpu, "0123456789") != strlen(cpu)) {
      fail("--pin '%s': at most %d CPU numbers with commas between", text, MAX_CPUS);
    }
    options.pin[options.pinned++] = atoi(cpu);
  }
  free(copy);
}

static void parse_option(const char *name, const char *value) {
  if (value == NULL) {
    fail("%s: unknown, or without its value (payload.c begins with the usage)", name);
  } else if (strcmp(name, "--name") == 0) {
    options.name = value;
  } else if (strcmp(name, "--uuid") == 0) {
    options.uuid = value;
  } else if (strcmp(name, "--chardev") == 0) {
    options.chardev = value;
  } else if (strcmp(name, "--device") == 0) {
    options.device = value;
  } else if (strcmp(name, "--status") == 0) {
    options.status_path = value;
  } else if (strcmp(name, "--vcpus") == 0) {
    options.vcpus = parse_up_to(value, MAX_VCPUS, name);
  } else if (strcmp(name, "--pin") == 0) {
    parse_pin(value);
  } else if (strcmp(name, "--phase") == 0) {
    parse_phase(value);
  } else {
    fail("%s: unknown option (payload.c begins with the usage)", name);
  }
}

static void parse_command_line(char **argv) {
  while (*++argv != NULL) {
    if (strcmp(*argv, "--no-thread-names") == 0) {
      options.thread_names = false;
    } else {
      parse_option(argv[0], argv[1]);
      argv++;
    }
  }
  if (options.phase_count == 0) {
    fail("no --phase (payload.c begins with the usage)");
  }
  for (int phase = 0; phase < options.phase_count; phase++) {
    for (int vcpu = options.vcpus; vcpu < MAX_VCPUS; vcpu++) {
      if (options.phases[phase][vcpu].length > 0) {
        fail("phase %d has work for v%d, but there are %d vCPUs", phase + 1, vcpu, options.vcpus);
      }
    }
  }
}

/* ---- the machine ---- */

static void put64(uint64_t at, uint64_t value) { memcpy(ram + at, &value, sizeof value); }

static uint64_t guest_address(const char *label) { return CODE_AT + (uint64_t)(label - guest_code); }

/* Two large pages, RAM and MMIO, mapped one to one; accessed and dirty already, so nothing is written. */
static void make_page_tables(void) {
  const uint64_t table = 0x63, large_page = 0xe3;
  put64(PML4_AT, PDPT_AT | table);
  put64(PDPT_AT, PD_AT | table);
  put64(PD_AT, 0 | large_page);
  put64(PD_AT + 8, MMIO_AT | large_page);
}

static void make_descriptor_tables(void) {
  put64(GDT_AT + CODE_SELECTOR, 0x00af9b000000ffff);
  put64(GDT_AT + DATA_SELECTOR, 0x00cf93000000ffff);
  uint64_t handler = guest_address(guest_end);
  put64(IDT_AT + TIMER_VECTOR * 16, (handler & 0xffff) | CODE_SELECTOR << 16 | 0x8e0000000000);
}

static int make_vm(int kvm) {
  int vm = must(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
  must(ioctl(vm, KVM_SET_TSS_ADDR, 0xfffbd000), "KVM_SET_TSS_ADDR");
  must(ioctl(vm, KVM_CREATE_IRQCHIP, 0), "KVM_CREATE_IRQCHIP");
  ram = mmap(NULL, RAM_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (ram == MAP_FAILED) {
    fail("mmap: %s", strerror(errno));
  }
  make_page_tables();
  make_descriptor_tables();
  memcpy(ram + CODE_AT, guest_code, (size_t)(guest_code_end - guest_code));
  struct kvm_userspace_memory_region region = {.memory_size = RAM_SIZE, .userspace_addr = (uintptr_t)ram};
  must(ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region), "KVM_SET_USER_MEMORY_REGION");
  return vm;
}

static void set_cpuid(int kvm, int vcpu) {
  enum { ENTRIES = 256 };
  struct kvm_cpuid2 *cpuid = calloc(1, sizeof *cpuid + ENTRIES * sizeof cpuid->entries[0]);
  cpuid->nent = ENTRIES;
  must(ioctl(kvm, KVM_GET_SUPPORTED_CPUID, cpuid), "KVM_GET_SUPPORTED_CPUID");
  must(ioctl(vcpu, KVM_SET_CPUID2, cpuid), "KVM_SET_CPUID2");
  free(cpuid);
}

/* 64-bit mode, ring 0, interrupts off. */
static void set_long_mode(int vcpu) {
  struct kvm_sregs sregs;
  must(ioctl(vcpu, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
  struct kvm_segment data = {
      .limit = 0xffffffff, .selector = DATA_SELECTOR, .type = 3, .present = 1, .s = 1, .db = 1, .g = 1};
  struct kvm_segment code = {
      .limit = 0xffffffff, .selector = CODE_SELECTOR, .type = 11, .present = 1, .s = 1, .l = 1, .g = 1};
  sregs.cs = code;
  sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = data;
  sregs.gdt.base = GDT_AT;
  sregs.gdt.limit = DATA_SELECTOR + 7;
  sregs.idt.base = IDT_AT;
  sregs.idt.limit = TIMER_VECTOR * 16 + 15;
  sregs.cr3 = PML4_AT;
  sregs.cr4 = 1 << 5;             /* PAE */
  sregs.cr0 = 1U << 31 | 1 | 0x30; /* PG, PE, ET, NE */
  sregs.efer = 1 << 10 | 1 << 8;  /* LMA, LME */
  must(ioctl(vcpu, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

static void make_vcpu(struct vcpu *vcpu, int kvm, int vm) {
  vcpu->fd = must(ioctl(vm, KVM_CREATE_VCPU, vcpu->number), "KVM_CREATE_VCPU");
  size_t size = (size_t)must(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), "KVM_GET_VCPU_MMAP_SIZE");
  vcpu->run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu->fd, 0);
  if (vcpu->run == MAP_FAILED) {
    fail("mmap of vCPU %d: %s", vcpu->number, strerror(errno));
  }
  set_cpuid(kvm, vcpu->fd);
  set_long_mode(vcpu->fd);
  struct kvm_mp_state runnable = {.mp_state = KVM_MP_STATE_RUNNABLE};
  must(ioctl(vcpu->fd, KVM_SET_MP_STATE, &runnable), "KVM_SET_MP_STATE");
  must(ioctl(vcpu->fd, KVM_GET_LAPIC, &vcpu->lapic), "KVM_GET_LAPIC");
  vcpu->tsc_khz = (uint64_t)must(ioctl(vcpu->fd, KVM_GET_TSC_KHZ), "KVM_GET_TSC_KHZ");
}

static void set_apic_register(struct kvm_lapic_state *lapic, int offset, uint32_t value) {
  memcpy(lapic->regs + offset, &value, sizeof value);
}

/* Starts the local APIC's timer, once, and forgets that the last interrupt was never acknowledged. */
static void arm_timer(struct vcpu *vcpu, uint64_t us) {
  enum { SPURIOUS = 0xf0, LVT_TIMER = 0x320, INITIAL_COUNT = 0x380, CURRENT_COUNT = 0x390, DIVIDER = 0x3e0 };
  enum { ENABLED = 0x1ff, DIVIDE_BY_128 = 0xa, TICK_NS = 128 };
  struct kvm_lapic_state lapic = vcpu->lapic;
  uint32_t ticks = (uint32_t)(us * 1000 / TICK_NS);
  set_apic_register(&lapic, SPURIOUS, ENABLED);
  set_apic_register(&lapic, LVT_TIMER, TIMER_VECTOR);
  set_apic_register(&lapic, DIVIDER, DIVIDE_BY_128);
  set_apic_register(&lapic, INITIAL_COUNT, ticks);
  set_apic_register(&lapic, CURRENT_COUNT, ticks);
  must(ioctl(vcpu->fd, KVM_SET_LAPIC, &lapic), "KVM_SET_LAPIC");
}

/* ---- running ---- */

static void spin_in_user_space(uint64_t us) {
  uint64_t end_ns = now_ns() + us * 1000;
  while (now_ns() < end_ns) {
  }
}

static const char *other_exit(const struct kvm_run *run) {
  static char text[96];
  snprintf(text, sizeof text, "exit reason %u, detail %" PRIu64, run->exit_reason, (uint64_t)run->hw.hardware_exit_reason);
  return text;
}

/* Runs guest code to its end; returns the port writes seen, and the MMIO writes in *mmio_writes. */
static uint64_t run_guest(struct vcpu *vcpu, const char *label, uint64_t count, uint64_t answer_us, uint64_t *mmio_writes) {
  struct kvm_regs regs = {
      .rip = guest_address(label),
      .rsp = STACKS_AT + (uint64_t)(vcpu->number + 1) * PAGE,
      .rflags = 2,
      .rbx = count,
      .rdi = MMIO_AT,
  };
  must(ioctl(vcpu->fd, KVM_SET_REGS, &regs), "KVM_SET_REGS");
  uint64_t port_writes = 0;
  const uint64_t last_mmio_write = label == guest_mmio ? count : 1;
  for (*mmio_writes = 0; *mmio_writes < last_mmio_write;) {
    if (ioctl(vcpu->fd, KVM_RUN, 0) < 0 && errno != EINTR) {
      fail("KVM_RUN: %s", strerror(errno));
    }
    switch (vcpu->run->exit_reason) {
      case KVM_EXIT_IO:
        port_writes++;
        spin_in_user_space(answer_us);
        break;
      case KVM_EXIT_MMIO:
        ++*mmio_writes;
        break;
      case KVM_EXIT_INTR:
        break;
      default:
        fail("vCPU %d: %s", vcpu->number, other_exit(vcpu->run));
    }
  }
  return port_writes;
}

static const char *hypercall_code(void) {
  unsigned eax, ebx, ecx, edx;
  __cpuid(0, eax, ebx, ecx, edx);
  return ebx == signature_INTEL_ebx ? guest_vmcall : guest_vmmcall;
}

static uint64_t run_halts(struct vcpu *vcpu, uint64_t count, uint64_t us) {
  uint64_t mmio_writes;
  for (uint64_t i = 0; i < count; i++) {
    arm_timer(vcpu, us);
    run_guest(vcpu, guest_hlt, 0, 0, &mmio_writes);
  }
  return count;
}

static uint64_t run_op(struct vcpu *vcpu, const struct op *op) {
  uint64_t mmio_writes;
  switch (op->kind) {
    case IO:
      return run_guest(vcpu, guest_io, op->count, 0, &mmio_writes);
    case VMMSPIN:
      return run_guest(vcpu, guest_io, op->count, op->us, &mmio_writes);
    case MMIO:
      run_guest(vcpu, guest_mmio, op->count, 0, &mmio_writes);
      return mmio_writes;
    case HLT:
      return run_halts(vcpu, op->count, op->us);
    case IDLE:
      run_halts(vcpu, 1, op->count * 1000);
      return op->count;
    case SPIN:
      run_guest(vcpu, guest_spin, op->count * vcpu->tsc_khz, 0, &mmio_writes);
      return op->count;
    case CPUID:
      run_guest(vcpu, guest_cpuid, op->count, 0, &mmio_writes);
      return op->count;
    case HYPERCALL:
      run_guest(vcpu, hypercall_code(), op->count, 0, &mmio_writes);
      return op->count;
    case MSR:
      run_guest(vcpu, guest_msr, op->count, 0, &mmio_writes);
      return op->count;
    default:
      fail("op %d", op->kind);
  }
}

static void prepare_thread(struct vcpu *vcpu) {
  vcpu->tid = gettid();
  if (options.thread_names) {
    char name[16];
    snprintf(name, sizeof name, "vcpu%d", vcpu->number);
    pthread_setname_np(pthread_self(), name);
  }
  if (options.pinned > 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(options.pin[vcpu->number % options.pinned], &set);
    must(sched_setaffinity(0, sizeof set, &set), "--pin");
  }
}

/* Tells the main thread, when all are through, and waits for the next phase. */
static int await_next_phase(int phase) {
  pthread_mutex_lock(&lock);
  if (--vcpus_at_work == 0) {
    kill(getpid(), SIGRTMIN);
  }
  while (current_phase == phase) {
    pthread_cond_wait(&phase_began, &lock);
  }
  phase = current_phase;
  pthread_mutex_unlock(&lock);
  return phase;
}

static _Noreturn void run_phases(struct vcpu *vcpu) {
  for (int phase = await_next_phase(0);; phase = await_next_phase(phase)) {
    const struct program *program = &options.phases[phase - 1][vcpu->number];
    for (int i = 0; i < program->length; i++) {
      vcpu->done[i] = run_op(vcpu, &program->ops[i]);
    }
  }
}

static void *vcpu_thread(void *argument) {
  struct vcpu *vcpu = argument;
  prepare_thread(vcpu);
  uint64_t mmio_writes;
  run_guest(vcpu, guest_touch, (STACKS_AT + (uint64_t)options.vcpus * PAGE) / PAGE, 0, &mmio_writes);
  run_phases(vcpu);
}

static void begin_phase(void) {
  pthread_mutex_lock(&lock);
  current_phase++;
  vcpus_at_work = options.vcpus;
  pthread_cond_broadcast(&phase_began);
  pthread_mutex_unlock(&lock);
}

static void report_ready(void) {
  fprintf(status, "ready pid %d", getpid());
  for (int i = 0; i < options.vcpus; i++) {
    fprintf(status, " v%d=%d", i, vcpus[i].tid);
  }
  fputc('\n', status);
  fflush(status);
}

static void report_phase(uint64_t wall_ns) {
  fprintf(status, "phase %d done %" PRIu64 " ns", current_phase, wall_ns);
  for (int i = 0; i < options.vcpus; i++) {
    const struct program *program = &options.phases[current_phase - 1][i];
    for (int j = 0; j < program->length; j++) {
      fprintf(status, j == 0 ? " v%d:" : ",", i);
      fprintf(status, "%s=%" PRIu64, op_names[program->ops[j].kind], vcpus[i].done[j]);
    }
  }
  fputc('\n', status);
  fflush(status);
}

/* The main thread takes every signal, of which one, SIGRTMIN, says that all vCPUs are through. */
static void serve_signals(const sigset_t *signals) {
  uint64_t began_ns = now_ns();
  int asked_for = 0;
  bool running = true;
  for (;;) {
    int signal_number = sigwaitinfo(signals, NULL);
    if (signal_number == SIGTERM || signal_number == SIGINT) {
      return;
    }
    if (signal_number == SIGUSR1) {
      asked_for++;
    } else if (signal_number == SIGRTMIN) {
      running = false;
      if (current_phase == 0) {
        report_ready();
      } else {
        report_phase(now_ns() - began_ns);
      }
    }
    if (!running && asked_for > current_phase && current_phase < options.phase_count) {
      running = true;
      began_ns = now_ns();
      begin_phase();
    }
  }
}

int main(int argc, char **argv) {
  (void)argc;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGRTMIN);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  parse_command_line(argv);
  status = options.status_path == NULL ? stdout : fopen(options.status_path, "w");
  if (status == NULL) {
    fail("%s: %s", options.status_path, strerror(errno));
  }
  int kvm = must(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
  int vm = make_vm(kvm);
  vcpus_at_work = options.vcpus;
  for (int i = 0; i < options.vcpus; i++) {
    vcpus[i].number = i;
    make_vcpu(&vcpus[i], kvm, vm);
  }
  for (int i = 0; i < options.vcpus; i++) {
    if (pthread_create(&vcpus[i].thread, NULL, vcpu_thread, &vcpus[i]) != 0) {
      fail("cannot start the thread of vCPU %d", i);
    }
  }
  serve_signals(&signals);
  return 0;
}
