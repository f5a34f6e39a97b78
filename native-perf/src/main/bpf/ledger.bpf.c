// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The ledger inside the kernel: tells the state machine of ledger.h what happens to the threads of vCPUs.
 *
 * A thread that is no vCPU costs one failed look-up when it is switched to. Programs on one account never
 * run at the same time: those of KVM and sched_switch run on the thread's own pCPU with preemption off, and
 * the scheduler's locks order a wake-up after the switch that put the thread to sleep. The only reader is
 * user space, through the mapping; it knows by the sequence number that it has seen an event half.
 */
#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include "kernel_types.h"
#include "ledger.h"

#define NO_SLOT 0 /* slot 0 is nobody's account */
#define MAX_EXIT_CODE 2048
#define MAX_CONDITIONS 2
#define CACHE_LINE 64 /* bytes, on most machines */

/* What else decides an exit's class, beside its code. Numbers as in org.vcpuacct.kernel.ExitCondition. */
enum exit_condition {
  CONDITION_NONE,
  CONDITION_MSR_TIMER,
  CONDITION_MSR_ICR,
  CONDITION_NPF_RESERVED_BIT,
  CONDITION_INTERRUPTION_IS_NMI,
};

#define MSR_TSC_DEADLINE 0x6e0 /* arch/x86/include/asm/msr-index.h */
#define MSR_X2APIC_TMICT 0x838
#define MSR_X2APIC_ICR 0x830
#define PFERR_RSVD 0x8 /* arch/x86/include/asm/kvm_host.h */
#define INTR_INFO_TYPE 0x700 /* arch/x86/include/asm/vmx.h */
#define INTR_TYPE_NMI 0x200
#define EFER_LMA 0x400 /* arch/x86/include/asm/msr-index.h: in 64-bit mode */
#define TASK_STOPPED_OR_TRACED 0xc /* include/linux/sched.h: __TASK_STOPPED, __TASK_TRACED */
#define VCPU_REGS_RCX 1 /* arch/x86/include/asm/kvm_host.h */
#define MAX_RT_PRIO 100 /* include/linux/sched/prio.h: below it, quotas of the fair class do not hold */
#define KVM_EXIT_HLT 5 /* include/uapi/linux/kvm.h */
#define KERNEL_HALF (1ULL << 63) /* of the address space of a 64-bit guest */

struct exit_rule {
  __u8 exit_class;
  struct {
    __u8 condition;
    __u8 exit_class;
  } conditional[MAX_CONDITIONS];
};

/* Where kvm_exit's record holds what; from its file "format" in tracefs. */
struct exit_record {
  __u32 exit_reason;
  __u32 reason_mask; /* VMX keeps flags above the reason */
  __u32 guest_rip;
  __u32 info1;
  __u32 intr_info;
};

/* Set by user space before the programs are loaded; org.vcpuacct.kernel.LedgerSettings writes it. */
const volatile struct {
  __u32 strongly_ordered; /* the machine does not reorder stores */
  __u32 default_exit_class;
  struct exit_record record;
  struct exit_rule rules[MAX_EXIT_CODE]; /* last: what every exit needs is beside the most frequent ones */
} settings;

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1); /* set at load */
  __type(key, __u32);
  __type(value, struct account);
} accounts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1); /* set at load */
  __type(key, __u32); /* thread */
  __type(value, __u32); /* slot */
} slots SEC(".maps");

/* What user space has no use for, kernel addresses above all: kept apart from the mapping. */
struct thread_notes {
  __u64 vcpu; /* struct kvm_vcpu that the thread ran last */
  __u64 quota_cpu; /* the CPU of the run queue whose throttled clock is in the account */
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1); /* set at load */
  __type(key, __u32);
  __type(value, struct thread_notes);
} notes SEC(".maps");

/*
 * The account of the thread on a pCPU, and the vCPU if it is known that the account follows it: saves
 * look-ups at nearly every event. In a cache line of its own, as each pCPU writes its own all the time.
 */
struct occupant {
  __u32 wanted; /* counted up by user space after each change to the slots */
  __u32 as_of; /* what was wanted when the rest was written: if it is another, the rest is out of date */
  __u32 slot;
  __u32 unused;
  __u64 vcpu;
  __u64 plain_vmcb; /* of a guest whose state was found not to be encrypted */
} __attribute__((aligned(CACHE_LINE)));

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 1); /* set at load: one for each pCPU */
  __type(key, __u32);
  __type(value, struct occupant);
} occupants SEC(".maps");

static __always_inline __u32 slot_of(__u32 thread) {
  __u32 *slot = bpf_map_lookup_elem(&slots, &thread);
  return slot ? *slot : NO_SLOT;
}

static __always_inline void occupy(struct occupant *occupant, __u32 slot, __u32 wanted) {
  occupant->slot = slot;
  occupant->vcpu = 0;
  occupant->plain_vmcb = 0;
  occupant->as_of = wanted;
}

/* The thread that is running. */
static __always_inline struct occupant *current_occupant(void) {
  __u32 cpu = bpf_get_smp_processor_id();
  struct occupant *occupant = bpf_map_lookup_elem(&occupants, &cpu);
  __u32 wanted;
  if (!occupant) return NULL;
  wanted = *(volatile __u32 *)&occupant->wanted; /* once, and before the slot is looked up */
  if (occupant->as_of != wanted) occupy(occupant, slot_of(bpf_get_current_pid_tgid()), wanted);
  return occupant;
}

static __always_inline __u32 current_slot(void) {
  struct occupant *occupant = current_occupant();
  return occupant ? occupant->slot : NO_SLOT;
}

/* The account in a slot; none once its thread has ended. */
static __always_inline struct account *account_of(__u32 slot) {
  struct account *account;
  if (slot == NO_SLOT) return NULL;
  account = bpf_map_lookup_elem(&accounts, &slot);
  return account && account->run_state != RUN_ENDED ? account : NULL;
}

static __always_inline void turn_sequence(struct account *account) {
  if (settings.strongly_ordered) {
    barrier();
    *(volatile __u64 *)&account->sequence += 1;
    barrier();
  } else {
    __sync_fetch_and_add(&account->sequence, 1);
  }
}

/* Between the two, a reader knows that what it sees is in the midst of a change. */
#define begin_event(account) turn_sequence(account)
#define end_event(account) turn_sequence(account)

/*
 * A word of the kernel's memory at an address whose type is known to a module only. A call of
 * bpf_probe_read_kernel costs more than all else at an exit: where the kernel lends a type of its own to
 * any address, a word is read as what lies at the beginning of that.
 */
extern void *bpf_rdonly_cast(const void *object, __u32 btf_id) __ksym __weak; /* since 6.2 */

static __always_inline __u64 kernel_word(const void *address) {
  __u64 word = 0;
  if (bpf_rdonly_cast)
    return ((struct timespec64 *)bpf_rdonly_cast(address, bpf_core_type_id_kernel(struct timespec64)))->tv_sec;
  bpf_probe_read_kernel(&word, sizeof word, address);
  return word;
}

/* ---- KVM ---- */

static __always_inline struct kvm_vcpu *vcpu_in(__u32 slot) {
  struct thread_notes *of = bpf_map_lookup_elem(&notes, &slot);
  return of ? (struct kvm_vcpu *)of->vcpu : NULL;
}

/* Notes the vCPU of a slot; tells whether it is another than before. */
static __always_inline bool is_new_vcpu(__u32 slot, struct kvm_vcpu *vcpu) {
  struct thread_notes *of = bpf_map_lookup_elem(&notes, &slot);
  if (!of || of->vcpu == (__u64)vcpu) return false;
  of->vcpu = (__u64)vcpu;
  return true;
}

static __always_inline __u64 poll_ns(struct kvm_vcpu *vcpu) {
  return BPF_CORE_READ(vcpu, stat.generic.halt_poll_success_ns)
         + BPF_CORE_READ(vcpu, stat.generic.halt_poll_fail_ns);
}

static __always_inline int on_entry(struct kvm_vcpu *vcpu, __u64 exits) {
  struct occupant *occupant = current_occupant();
  struct account *account = occupant ? account_of(occupant->slot) : NULL;
  if (!account) return 0;
  begin_event(account);
  ledger_enter(account, bpf_ktime_get_ns());
  if (occupant->vcpu != (__u64)vcpu) {
    if (is_new_vcpu(occupant->slot, vcpu)) ledger_learn_kernel(account, exits, poll_ns(vcpu));
    occupant->vcpu = (__u64)vcpu;
  }
  ledger_compare_exits(account, exits);
  end_event(account);
  return 0;
}

SEC("tp_btf/kvm_entry")
int BPF_PROG(entry_btf, struct kvm_vcpu *vcpu) {
  return vcpu ? on_entry(vcpu, vcpu->stat.exits) : 0;
}

SEC("raw_tp/kvm_entry")
int BPF_PROG(entry_raw, struct kvm_vcpu *vcpu) {
  return on_entry(vcpu, BPF_CORE_READ(vcpu, stat.exits));
}

struct exit_facts {
  __u32 code;
  __u32 intr_info;
  __u64 info1;
  __u64 mode;
};

static __always_inline __u32 guest_ecx(__u32 slot) {
  struct kvm_vcpu *vcpu = vcpu_in(slot);
  return vcpu ? (__u32)BPF_CORE_READ(vcpu, arch.regs[VCPU_REGS_RCX]) : 0;
}

static __always_inline bool holds(__u8 condition, const struct exit_facts *facts, __u32 slot) {
  __u32 msr;
  switch (condition) {
    case CONDITION_MSR_TIMER:
      msr = guest_ecx(slot);
      return msr == MSR_TSC_DEADLINE || msr == MSR_X2APIC_TMICT;
    case CONDITION_MSR_ICR:
      return guest_ecx(slot) == MSR_X2APIC_ICR;
    case CONDITION_NPF_RESERVED_BIT:
      return facts->info1 & PFERR_RSVD;
    case CONDITION_INTERRUPTION_IS_NMI:
      return (facts->intr_info & INTR_INFO_TYPE) == INTR_TYPE_NMI;
    default:
      return false;
  }
}

static __always_inline __u64 class_of(const struct exit_facts *facts, __u32 slot) {
  const volatile struct exit_rule *rule;
  if (facts->code >= MAX_EXIT_CODE) return settings.default_exit_class;
  rule = &settings.rules[facts->code];
  if (rule->conditional[0].condition != CONDITION_NONE) {
    if (holds(rule->conditional[0].condition, facts, slot)) return rule->conditional[0].exit_class;
    if (holds(rule->conditional[1].condition, facts, slot)) return rule->conditional[1].exit_class;
  }
  return rule->exit_class;
}

static __always_inline int on_exit(const struct exit_facts *facts, __u32 slot, struct account *account) {
  __u64 class = class_of(facts, slot);
  begin_event(account);
  ledger_exit(account, bpf_ktime_get_ns(), class, facts->mode);
  if (class == settings.default_exit_class) account->last_other_code = facts->code;
  end_event(account);
  return 0;
}

/*
 * The VMCB is laid out by the architecture: AMD APM volume 2, appendix B. The guest's state in it is not
 * to be read while SEV-ES keeps it encrypted.
 */
#define VMCB_EXIT_CODE 0x70
#define VMCB_EXIT_INFO_1 0x78
#define VMCB_NESTED_CONTROL 0x90
#define VMCB_CPL_WORD 0x4c8
#define VMCB_CPL_SHIFT 24 /* byte 0x4cb */
#define SEV_ES_ENABLE (1ULL << 2)
#define SVM_EXIT_NPF 0x400 /* arch/x86/include/uapi/asm/svm.h */

static __always_inline bool is_plain(struct occupant *occupant, const char *vmcb) {
  if (occupant->plain_vmcb == (__u64)vmcb) return true;
  if (kernel_word(vmcb + VMCB_NESTED_CONTROL) & SEV_ES_ENABLE) return false;
  occupant->plain_vmcb = (__u64)vmcb;
  return true;
}

static __always_inline __u64 mode_of(struct occupant *occupant, const char *vmcb) {
  if (!is_plain(occupant, vmcb)) return MODE_UNKNOWN;
  return (__u8)(kernel_word(vmcb + VMCB_CPL_WORD) >> VMCB_CPL_SHIFT) == 0 ? MODE_KERNEL : MODE_USER;
}

/* arch/x86/kvm/svm/svm.c keeps struct kvm_vcpu at the start of struct vcpu_svm. */
static __always_inline int on_svm_exit(struct kvm_vcpu *vcpu) {
  struct occupant *occupant = current_occupant();
  struct account *account = occupant ? account_of(occupant->slot) : NULL;
  struct exit_facts facts = {};
  const char *vmcb;
  if (!account) return 0;
  vmcb = (const char *)kernel_word((char *)vcpu + bpf_core_field_offset(struct vcpu_svm, vmcb));
  facts.code = kernel_word(vmcb + VMCB_EXIT_CODE);
  if (facts.code == SVM_EXIT_NPF) facts.info1 = kernel_word(vmcb + VMCB_EXIT_INFO_1);
  facts.mode = mode_of(occupant, vmcb);
  return on_exit(&facts, occupant->slot, account);
}

SEC("tp_btf/kvm_exit")
int BPF_PROG(svm_exit_btf, struct kvm_vcpu *vcpu) {
  return vcpu ? on_svm_exit(vcpu) : 0;
}

SEC("raw_tp/kvm_exit")
int BPF_PROG(svm_exit_raw, struct kvm_vcpu *vcpu) {
  return on_svm_exit(vcpu);
}

/* Only a guest in 64-bit mode keeps its kernel in the upper half. Address 0 is one that is not told. */
static __always_inline __u64 mode_of_rip(unsigned long rip, __u32 slot) {
  struct kvm_vcpu *vcpu = vcpu_in(slot);
  if (!vcpu || rip == 0 || !(BPF_CORE_READ(vcpu, arch.efer) & EFER_LMA)) return MODE_UNKNOWN;
  return rip & KERNEL_HALF ? MODE_KERNEL : MODE_USER;
}

#define READ_RECORD(into, record, offset) bpf_probe_read_kernel(&(into), sizeof(into), (char *)(record) + (offset))

/*
 * From the tracepoint's record: VMX has the guest's address only there, as it is read from the VMCS when
 * somebody asks. Also where the arguments of kvm_exit are others than those that the programs above know.
 */
SEC("tp/kvm/kvm_exit")
int exit_record_tp(void *record) {
  __u32 slot = current_slot();
  struct account *account = account_of(slot);
  struct exit_facts facts = {};
  unsigned long rip = 0;
  if (!account) return 0;
  READ_RECORD(facts.code, record, settings.record.exit_reason);
  facts.code &= settings.record.reason_mask;
  READ_RECORD(facts.info1, record, settings.record.info1);
  READ_RECORD(facts.intr_info, record, settings.record.intr_info);
  READ_RECORD(rip, record, settings.record.guest_rip);
  facts.mode = mode_of_rip(rip, slot);
  return on_exit(&facts, slot, account);
}

static __always_inline int on_userspace_exit(__u32 reason, int error) {
  struct account *account = account_of(current_slot());
  if (!account) return 0;
  begin_event(account);
  ledger_leave(account, bpf_ktime_get_ns(), error == 0 && reason == KVM_EXIT_HLT);
  end_event(account);
  return 0;
}

SEC("tp_btf/kvm_userspace_exit")
int BPF_PROG(userspace_exit_btf, __u32 reason, int error) {
  return on_userspace_exit(reason, error);
}

SEC("raw_tp/kvm_userspace_exit")
int BPF_PROG(userspace_exit_raw, __u32 reason, int error) {
  return on_userspace_exit(reason, error);
}

static __always_inline int on_vcpu_wakeup(void) {
  __u32 slot = current_slot();
  struct account *account = account_of(slot);
  struct kvm_vcpu *vcpu = vcpu_in(slot);
  if (!account || !vcpu || !account->kernel_known) return 0;
  begin_event(account);
  ledger_poll(account, bpf_ktime_get_ns(), poll_ns(vcpu));
  end_event(account);
  return 0;
}

SEC("tp_btf/kvm_vcpu_wakeup")
int BPF_PROG(vcpu_wakeup_btf) {
  return on_vcpu_wakeup();
}

SEC("raw_tp/kvm_vcpu_wakeup")
int BPF_PROG(vcpu_wakeup_raw) {
  return on_vcpu_wakeup();
}

/* ---- the scheduler ---- */

/* The clock of a run queue's cgroup that goes on while a quota holds it back. */
struct throttling {
  bool now;
  __u64 clock_ns;
  __u64 cpu;
};

static __always_inline __u64 pelt_clock(const struct rq *rq) {
  return rq->clock_pelt - rq->lost_idle_time;
}

static __always_inline __u64 throttled_clock_ns(struct cfs_rq *cfs_rq) {
  struct cfs_rq___v519 *older = (void *)cfs_rq;
  __u64 since;
  if (bpf_core_field_exists(cfs_rq->throttled_clock_self_time)) {
    since = cfs_rq->throttled_clock_self;
    return cfs_rq->throttled_clock_self_time + (since ? cfs_rq->rq->clock - since : 0);
  }
  /* Runs slower than wall time while other threads have the pCPU at less than its full speed. */
  if (bpf_core_field_exists(older->throttled_clock_pelt_time)) {
    since = cfs_rq->throttle_count ? pelt_clock(cfs_rq->rq) - older->throttled_clock_pelt : 0;
    return older->throttled_clock_pelt_time + since;
  }
  return 0;
}

static __always_inline struct throttling throttling_of(struct task_struct *task) {
  struct throttling throttling = {};
  struct task_struct___v618 *newer = (void *)task;
  struct cfs_rq *cfs_rq;
  if (!bpf_core_field_exists(task->se.cfs_rq) || task->prio < MAX_RT_PRIO) return throttling;
  cfs_rq = task->se.cfs_rq;
  if (!cfs_rq) return throttling;
  if (bpf_core_field_exists(newer->throttled))
    throttling.now = newer->throttled;
  else
    throttling.now = cfs_rq->throttle_count > 0;
  throttling.clock_ns = throttled_clock_ns(cfs_rq);
  throttling.cpu = cfs_rq->rq->cpu;
  return throttling;
}

static __always_inline void note_quota_cpu(__u32 slot, __u64 cpu) {
  struct thread_notes *of = bpf_map_lookup_elem(&notes, &slot);
  if (of) of->quota_cpu = cpu;
}

/*
 * The clock at the end of a wait. Each CPU's run queue has its own: if the thread was moved meanwhile, only
 * what held it at the beginning is known, and all of the wait goes by that.
 */
static __always_inline __u64 clock_after_wait(__u32 slot, const struct account *account,
                                              const struct throttling *throttling) {
  struct thread_notes *of = bpf_map_lookup_elem(&notes, &slot);
  if (of && of->quota_cpu == throttling->cpu) return throttling->clock_ns;
  return account->open_line == LINE_THROTTLED ? ~0ULL : 0;
}

/*
 * Whether the thread would go on if it could. Says the run queue, not the state that sched_switch tells:
 * a thread with a signal pending stays runnable in whatever state it was. From 6.12 on a sleeper may stay
 * in the queue for a while, marked as delayed.
 */
static __always_inline bool is_runnable(struct task_struct *task) {
  struct task_struct___v612 *newer = (void *)task;
  if (!task->on_rq) return false;
  return !(bpf_core_field_exists(newer->se.sched_delayed) && newer->se.sched_delayed);
}

/* KVM blocks a vCPU that halts, and one that waits for the host to bring in a page. */
static __always_inline bool is_halted(struct kvm_vcpu *vcpu) {
  if (!BPF_CORE_READ(vcpu, stat.generic.blocking)) return false;
  return !(bpf_core_field_exists(vcpu->arch.apf) && BPF_CORE_READ(vcpu, arch.apf.halted));
}

static __always_inline __u64 sleep_of(__u32 slot, struct task_struct *task) {
  struct kvm_vcpu *vcpu = vcpu_in(slot);
  if (bpf_core_field_exists(task->__state) && task->__state & TASK_STOPPED_OR_TRACED) return SLEEP_STOPPED;
  if (!vcpu || !bpf_core_field_exists(vcpu->stat.generic.blocking)) return SLEEP_UNKNOWN;
  return is_halted(vcpu) ? SLEEP_HALTED : SLEEP_BLOCKED;
}

static __always_inline void switch_from(__u32 slot, struct task_struct *task, __u64 now) {
  struct account *account = account_of(slot);
  struct throttling throttling;
  if (!account) return;
  begin_event(account);
  if (is_runnable(task)) {
    throttling = throttling_of(task);
    note_quota_cpu(slot, throttling.cpu);
    ledger_preempt(account, now, throttling.now, throttling.clock_ns);
  } else {
    ledger_block(account, now, sleep_of(slot, task));
  }
  ledger_compare_run_delay(account, task->sched_info.run_delay);
  end_event(account);
}

static __always_inline void switch_to(__u32 slot, struct task_struct *task, __u32 cpu, __u64 now) {
  struct account *account = account_of(slot);
  struct throttling throttling;
  if (!account) return;
  throttling = throttling_of(task);
  begin_event(account);
  ledger_run(account, now, cpu, bpf_get_numa_node_id(), clock_after_wait(slot, account, &throttling));
  end_event(account);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(sched_switch, bool preempt, struct task_struct *prev, struct task_struct *next) {
  __u32 cpu = bpf_get_smp_processor_id();
  struct occupant *occupant = bpf_map_lookup_elem(&occupants, &cpu);
  __u32 wanted, from, to;
  __u64 now;
  if (!occupant) return 0;
  wanted = *(volatile __u32 *)&occupant->wanted;
  from = occupant->as_of == wanted ? occupant->slot : slot_of(prev->pid);
  to = slot_of(next->pid);
  if (occupant->slot != to || occupant->as_of != wanted) occupy(occupant, to, wanted);
  if (from == NO_SLOT && to == NO_SLOT) return 0;
  now = bpf_ktime_get_ns();
  switch_from(from, prev, now);
  switch_to(to, next, cpu, now);
  return 0;
}

SEC("tp_btf/sched_wakeup")
int BPF_PROG(sched_wakeup, struct task_struct *task) {
  __u32 slot = slot_of(task->pid);
  struct account *account = account_of(slot);
  struct throttling throttling;
  if (!account || !ledger_sleeps(account)) return 0;
  throttling = throttling_of(task);
  note_quota_cpu(slot, throttling.cpu);
  begin_event(account);
  ledger_wake(account, bpf_ktime_get_ns(), throttling.now, throttling.clock_ns);
  end_event(account);
  return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(sched_process_exit, struct task_struct *task) {
  __u32 thread = task->pid;
  struct account *account = account_of(slot_of(thread));
  if (!account) return 0;
  begin_event(account);
  ledger_end(account, bpf_ktime_get_ns());
  end_event(account);
  bpf_map_delete_elem(&slots, &thread);
  return 0;
}

/* ---- discovery ---- */

enum kvm_file_kind { KVM_FILE_VM = 1, KVM_FILE_VCPU = 2 };

/* One open file of KVM, as org.vcpuacct.kernel.KvmFile reads it. */
struct kvm_file {
  __u32 kind;
  __u32 process;
  __u32 fd;
  __u32 vcpu_id;
  __u64 vm; /* tells VMs apart */
  __u64 vcpu;
  __u64 thread; /* that called KVM_RUN last; 0 if none did, or if it has ended */
  __u64 exits;
  __u64 poll_ns;
};

static __always_inline bool starts_with(const char *name, const char *start, __u32 length) {
  for (__u32 i = 0; i < length; i++) {
    if (name[i] != start[i]) return false;
  }
  return true;
}

/* The names that virt/kvm/kvm_main.c gives: a vCPU's number follows the colon. */
#define IS_VM(name) starts_with(name, "kvm-vm", sizeof "kvm-vm")
#define IS_VCPU(name) starts_with(name, "kvm-vcpu:", sizeof "kvm-vcpu:" - 1)

/* KVM remembers a thread that has ended: then no task is attached to its number. */
static __always_inline __u32 living_thread(struct pid *pid) {
  return BPF_CORE_READ(pid, tasks[0].first) ? BPF_CORE_READ(pid, numbers[0].nr) : 0;
}

static __always_inline void describe_vcpu(struct kvm_file *line, struct kvm_vcpu *vcpu) {
  line->kind = KVM_FILE_VCPU;
  line->vcpu = (__u64)vcpu;
  line->vm = (__u64)BPF_CORE_READ(vcpu, kvm);
  line->vcpu_id = BPF_CORE_READ(vcpu, vcpu_id);
  line->thread = living_thread(BPF_CORE_READ(vcpu, pid));
  line->exits = BPF_CORE_READ(vcpu, stat.exits);
  line->poll_ns = poll_ns(vcpu);
}

SEC("iter/task_file")
int kvm_files(struct bpf_iter__task_file *ctx) {
  struct task_struct *task = ctx->task;
  struct file *file = ctx->file;
  struct kvm_file line = {};
  char name[16] = {};
  if (!task || !file) return 0;
  bpf_probe_read_kernel_str(name, sizeof name, file->f_path.dentry->d_name.name);
  if (IS_VCPU(name)) {
    describe_vcpu(&line, file->private_data);
  } else if (IS_VM(name)) {
    line.kind = KVM_FILE_VM;
    line.vm = (__u64)file->private_data;
  } else {
    return 0;
  }
  line.process = task->tgid;
  line.fd = ctx->fd;
  bpf_seq_write(ctx->meta->seq, &line, sizeof line);
  return 0;
}

/* ---- for tests: the state machine, fed with events and times of somebody's choice ---- */

enum event {
  EVENT_ENTRY, EVENT_EXIT, EVENT_LEAVE, EVENT_PREEMPT, EVENT_BLOCK, EVENT_WAKE, EVENT_RUN, EVENT_POLL,
  EVENT_END, EVENT_COMPARE_EXITS, EVENT_COMPARE_RUN_DELAY, EVENT_LEARN_KERNEL,
};

struct replayed_event {
  __u64 slot;
  __u64 event;
  __u64 now;
  __u64 first;
  __u64 second;
  __u64 third;
};

SEC("syscall")
int replay(struct replayed_event *e) {
  __u32 slot = e->slot;
  struct account *account = account_of(slot);
  if (!account) return 1;
  if (e->event == EVENT_WAKE && !ledger_sleeps(account)) return 0;
  begin_event(account);
  switch (e->event) {
    case EVENT_ENTRY: ledger_enter(account, e->now); break;
    case EVENT_EXIT: ledger_exit(account, e->now, e->first, e->second); break;
    case EVENT_LEAVE: ledger_leave(account, e->now, e->first); break;
    case EVENT_PREEMPT: ledger_preempt(account, e->now, e->first, e->second); break;
    case EVENT_BLOCK: ledger_block(account, e->now, e->first); break;
    case EVENT_WAKE: ledger_wake(account, e->now, e->first, e->second); break;
    case EVENT_RUN: ledger_run(account, e->now, e->first, e->second, e->third); break;
    case EVENT_POLL: ledger_poll(account, e->now, e->first); break;
    case EVENT_END: ledger_end(account, e->now); break;
    case EVENT_COMPARE_EXITS: ledger_compare_exits(account, e->first); break;
    case EVENT_COMPARE_RUN_DELAY: ledger_compare_run_delay(account, e->first); break;
    case EVENT_LEARN_KERNEL: ledger_learn_kernel(account, e->first, e->second); break;
  }
  end_event(account);
  return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
