package org.vcpuacct.export.http;

import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a resource. Immutable.
 *
 * @param parameters the query parameters by name, decoded; none is there twice
 * @param accept the media types that the client takes, as the field Accept has them (RFC 9110
 *     section 12.5.1); empty if it does not say
 */
public record Query(Map<String, String> parameters, Optional<String> accept) {

  /** Without parameters, by a client that takes anything. */
  public static final Query PLAIN = new Query(Map.of(), Optional.empty());

  public Query {
    parameters = Map.copyOf(parameters);
  }

  /** The value of a parameter; empty if it was not given. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
