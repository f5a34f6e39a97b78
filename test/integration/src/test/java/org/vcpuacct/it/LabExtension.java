package org.vcpuacct.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Boots the lab when the first test asks for it, and ends it after the last one. */
final class LabExtension implements ParameterResolver {

  private static final String KERNEL_PROPERTY = "vcpuacct.lab.kernel";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(LabExtension.class))
        .computeIfAbsent(Lab.class, key -> Lab.boot(kernel()), Lab.class);
  }

  /** The kernel of this JVM's labs, as {@code lab up} calls it; empty for its default. */
  static String kernel() {
    return System.getProperty(KERNEL_PROPERTY, "");
  }
}
