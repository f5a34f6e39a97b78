/*
 * session DIRECTORY COMMAND [ARGUMENT...]
 *
 * Runs one command for `lab exec`, in a process group of its own, and ends the whole group when the
 * other side is gone: an ssh server without a terminal only closes the pipes then, and a command that
 * neither reads nor writes would go on for ever.
 *
 * Exit status: the command's own; 128 + N when signal N ended it; 127 when it cannot be started.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GRACE_MS = 3000, CANNOT_START = 127 };

static pid_t start(char **argv, const sigset_t *inherited) {
  pid_t child = fork();
  if (child != 0) {
    return child;
  }
  setpgid(0, 0);
  sigprocmask(SIG_SETMASK, inherited, NULL);
  execvp(argv[0], argv);
  fprintf(stderr, "lab exec: %s: %s\n", argv[0], strerror(errno));
  _exit(CANNOT_START);
}

/* Returns 1 when the command has ended (its status in *status), 0 when the caller is gone or time is up. */
static int wait_for_end(int child_events, pid_t child, int *status, int timeout_ms, int watch_caller) {
  struct pollfd watched[] = {
      {.fd = child_events, .events = POLLIN},
      {.fd = watch_caller ? STDOUT_FILENO : -1, .events = 0},
      {.fd = watch_caller ? STDERR_FILENO : -1, .events = 0},
  };
  for (;;) {
    if (waitpid(child, status, WNOHANG) == child) {
      return 1;
    }
    int ready = poll(watched, sizeof watched / sizeof *watched, timeout_ms);
    if (ready == 0 || ((watched[1].revents | watched[2].revents) & (POLLERR | POLLHUP))) {
      return 0;
    }
    struct signalfd_siginfo event;
    if ((watched[0].revents & POLLIN) && read(child_events, &event, sizeof event) < 0) {
      return 0;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: session DIRECTORY COMMAND [ARGUMENT...]\n");
    return 2;
  }
  if (chdir(argv[1]) != 0 && chdir("/") != 0) {
    perror("session: chdir");
    return CANNOT_START;
  }
  sigset_t child_signal;
  sigset_t inherited;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_signal, &inherited);
  int child_events = signalfd(-1, &child_signal, SFD_CLOEXEC);
  pid_t child = start(argv + 2, &inherited);
  if (child_events < 0 || child < 0) {
    perror("session");
    return CANNOT_START;
  }
  setpgid(child, child);
  int status = 0;
  if (!wait_for_end(child_events, child, &status, -1, 1)) {
    kill(-child, SIGTERM);
    if (!wait_for_end(child_events, child, &status, GRACE_MS, 0)) {
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
    }
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
