package org.vcpuacct.ledger;

/** The virtualisation extensions whose exit codes are known. */
public enum Isa {
  /** AMD SVM. */
  SVM("svm.tsv"),
  /** Intel VMX. */
  VMX("vmx.tsv"),
  /** Arm EL2. */
  ARM64("arm64.tsv");

  private final String resource;

  Isa(String resource) {
    this.resource = resource;
  }

  /** The file of {@code exit-reasons} that maps this extension's codes to classes. */
  String resource() {
    return resource;
  }
}
