/*
 * hold: keeps the kernel's static keys switched on that perf events and KVM guests switch by coming and
 * going, so that the kernel need not patch its code later, while several emulated CPUs run it.
 *
 *   perf_sched_events, perf_swevent_enabled[]  perf events of a task, software events (kernel/events/core.c)
 *   preempt_notifier_key                       any VM at all (virt/kvm/kvm_main.c)
 *   apic_sw_disabled, apic_hw_disabled         a vCPU whose local APIC is off (arch/x86/kvm/lapic.c)
 *   kvm_has_noapic_vcpu                        a vCPU without a local APIC in the kernel
 *
 * The two VMs made for it are in flight in a socket that nobody reads: no process has a descriptor of
 * them, so nothing that looks for VMs in /proc finds them. No vCPU of theirs ever runs.
 *
 * Returns once all is held; a child in the background holds it until the lab ends.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/kvm.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int must(int result, const char *what) {
  if (result < 0) {
    perror(what);
    exit(1);
  }
  return result;
}

static unsigned long long tracepoint_id(const char *path) {
  FILE *file = fopen(path, "r");
  unsigned long long id = 0;
  if (file == NULL || fscanf(file, "%llu", &id) != 1) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return id;
}

static void hold_perf_event(unsigned type, unsigned long long config) {
  struct perf_event_attr attr = {.size = sizeof attr, .type = type, .config = config};
  must((int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC), "perf_event_open");
}

static void hold_perf_events(void) {
  hold_perf_event(PERF_TYPE_TRACEPOINT,
                  tracepoint_id("/sys/kernel/tracing/events/sched/sched_switch/id"));
  for (unsigned id = 0; id <= PERF_COUNT_SW_EMULATION_FAULTS; id++) {
    hold_perf_event(PERF_TYPE_SOFTWARE, id);
  }
}

static void send_in_flight(int socket, int fd) {
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
  } control = {.header = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
  memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
  char byte = 0;
  struct iovec data = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  must((int)sendmsg(socket, &message, 0), "sendmsg");
  close(fd);
}

static void turn_apic_off(int vcpu) {
  struct kvm_sregs sregs;
  must(ioctl(vcpu, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
  sregs.apic_base &= ~(1ULL << 11);
  must(ioctl(vcpu, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

static void hold_vms(int socket) {
  int kvm = must(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
  int with_apic = must(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
  must(ioctl(with_apic, KVM_CREATE_IRQCHIP, 0), "KVM_CREATE_IRQCHIP");
  send_in_flight(socket, must(ioctl(with_apic, KVM_CREATE_VCPU, 0), "KVM_CREATE_VCPU"));
  int off = must(ioctl(with_apic, KVM_CREATE_VCPU, 1), "KVM_CREATE_VCPU");
  turn_apic_off(off);
  send_in_flight(socket, off);
  send_in_flight(socket, with_apic);
  int without_apic = must(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
  send_in_flight(socket, must(ioctl(without_apic, KVM_CREATE_VCPU, 0), "KVM_CREATE_VCPU"));
  send_in_flight(socket, without_apic);
  close(kvm);
}

int main(void) {
  int ready[2];
  must(pipe2(ready, O_CLOEXEC), "pipe");
  pid_t child = must(fork(), "fork");
  if (child != 0) {
    close(ready[1]);
    char byte;
    return read(ready[0], &byte, 1) == 1 ? 0 : 1;
  }
  int sockets[2];
  must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), "socketpair");
  must(setsid(), "setsid");
  hold_perf_events();
  hold_vms(sockets[0]);
  must((int)write(ready[1], "", 1), "write");
  close(ready[1]);
  for (;;) {
    pause();
  }
}
