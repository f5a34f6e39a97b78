/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The fields of kernel structures that the ledger reads, and no others. libbpf puts the running kernel's
 * offsets in their place at load (CO-RE), so order and size here mean nothing. A name with three
 * underscores is another kernel's version of the structure before them.
 */
#ifndef VCPUACCT_KERNEL_TYPES_H
#define VCPUACCT_KERNEL_TYPES_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* include/linux/time64.h: any structure would do that begins with a word */
struct timespec64 {
  __s64 tv_sec;
};

/* kernel/sched/sched.h */
struct rq {
  int cpu;
  __u64 clock;
  __u64 clock_pelt;
  __u64 lost_idle_time;
};

struct cfs_rq {
  struct rq *rq;
  int throttle_count;
  __u64 throttled_clock_self; /* since 6.5 */
  __u64 throttled_clock_self_time;
};

struct cfs_rq___v519 { /* 5.19 and later */
  __u64 throttled_clock_pelt;
  __u64 throttled_clock_pelt_time;
};

/* include/linux/sched.h */
struct sched_entity {
  struct cfs_rq *cfs_rq;
};

struct sched_entity___v612 {
  unsigned char sched_delayed;
};

struct sched_info {
  unsigned long long run_delay;
};

struct task_struct {
  int pid;
  int tgid;
  unsigned int __state;
  int on_rq;
  int prio;
  struct sched_entity se;
  struct sched_info sched_info;
};

struct task_struct___v612 {
  struct sched_entity___v612 se;
};

struct task_struct___v618 {
  _Bool throttled;
};

/* include/linux/pid.h */
struct upid {
  int nr;
};

struct hlist_node;

struct hlist_head {
  struct hlist_node *first;
};

struct pid {
  struct hlist_head tasks[1]; /* by enum pid_type; the first: the thread of this number */
  struct upid numbers[1];
};

/* include/linux/kvm_host.h, include/linux/kvm_types.h, arch/x86/include/asm/kvm_host.h */
struct kvm;

struct kvm_vcpu_stat_generic {
  __u64 halt_poll_success_ns;
  __u64 halt_poll_fail_ns;
  __u64 blocking;
};

struct kvm_vcpu_stat {
  struct kvm_vcpu_stat_generic generic;
  __u64 exits;
};

struct kvm_async_pf {
  bool halted;
};

struct kvm_vcpu_arch {
  unsigned long regs[2];
  __u64 efer;
  struct kvm_async_pf apf;
};

struct kvm_vcpu {
  struct kvm *kvm;
  int vcpu_id;
  struct pid *pid;
  struct kvm_vcpu_arch arch;
  struct kvm_vcpu_stat stat;
};

/* arch/x86/kvm/svm/svm.h */
struct vcpu_svm {
  void *vmcb;
};

/* include/linux/fs.h, include/linux/dcache.h */
struct qstr {
  const unsigned char *name;
};

struct dentry {
  struct qstr d_name;
};

struct path {
  struct dentry *dentry;
};

struct file {
  struct path f_path;
  void *private_data;
};

/* kernel/bpf/task_iter.c */
struct seq_file;

struct bpf_iter_meta {
  struct seq_file *seq;
};

struct bpf_iter__task_file {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
  __u32 fd;
  struct file *file;
};

#pragma clang attribute pop

#endif
