package org.vcpuacct.it;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Puts the evidence beside every failure, while those who give it are still there. */
public final class EvidenceExtension
    implements BeforeEachCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  private static final class EvidenceNote extends Exception {
    private static final long serialVersionUID = 1L;

    EvidenceNote(String text) {
      super(text, null, false, false);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Evidence.forgetWhatEnded();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withEvidence(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withEvidence(failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withEvidence(failure);
  }

  private static Throwable withEvidence(Throwable failure) {
    String evidence = Evidence.gather();
    if (!(failure instanceof TestAbortedException) && !evidence.isEmpty()) {
      failure.addSuppressed(new EvidenceNote("what was said meanwhile:\n" + evidence));
    }
    return failure;
  }
}
