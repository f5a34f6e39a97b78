package org.vcpuacct.export.http;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the resource that is asked for, and refuses what none of them has to see. */
final class ResourceHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(ResourceHandler.class);

  private final Map<String, Resource> resources;
  private final Responses responses;

  /**
   * @throws IllegalStateException if two resources have one path
   */
  ResourceHandler(List<Resource> resources, Responses responses) {
    this.resources =
        resources.stream().collect(toUnmodifiableMap(Resource::path, Function.identity()));
    this.responses = responses;
  }

  /** A request that is not served, and why. */
  private static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String line) {
      super(line, null, false, false);
      this.status = status;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ConnectionMetaData over = request.getConnectionMetaData();
    ConnectionLimits limits = over.getConnector().getBean(ConnectionLimits.class);
    Request.addCompletionListener(request, failure -> limits.answered(over.getConnection()));
    try {
      check(request, response);
      Resource resource = resource(request);
      Query query = query(request, resource);
      responses.send(answer(resource, query), request, response, callback);
    } catch (RefusedException e) {
      Responses.sendLine(e.status, e.getMessage(), response, callback);
    }
    return true;
  }

  private static void check(Request request, Response response) throws RefusedException {
    var local = request.getConnectionMetaData().getLocalSocketAddress();
    if (!HostCheck.passes(local, field(request, HttpHeader.HOST))) {
      throw new RefusedException(
          HttpStatus.MISDIRECTED_REQUEST_421, "ask for localhost, or a loopback address");
    }
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      throw new RefusedException(HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD are served");
    }
  }

  private Resource resource(Request request) throws RefusedException {
    Resource resource = resources.get(request.getHttpURI().getPath());
    if (resource == null) {
      throw new RefusedException(HttpStatus.NOT_FOUND_404, "nothing is served under this path");
    }
    return resource;
  }

  private static Query query(Request request, Resource resource) throws RefusedException {
    Map<String, String> parameters = new HashMap<>();
    for (Fields.Field field : parameters(request)) {
      if (!resource.parameters().contains(field.getName())) {
        throw badRequest("there is an unknown parameter; " + known(resource));
      }
      if (field.hasMultipleValues()) {
        throw badRequest("the parameter " + field.getName() + " is there more than once");
      }
      parameters.put(field.getName(), field.getValue());
    }
    return new Query(parameters, field(request, HttpHeader.ACCEPT));
  }

  private static Fields parameters(Request request) throws RefusedException {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw badRequest("the query is not URL-encoded UTF-8");
    }
  }

  private static String known(Resource resource) {
    return resource.parameters().isEmpty()
        ? "none is known here"
        : "known here: " + String.join(", ", resource.parameters().stream().sorted().toList());
  }

  private static RefusedException badRequest(String line) {
    return new RefusedException(HttpStatus.BAD_REQUEST_400, line);
  }

  private static Optional<String> field(Request request, HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  private static Answer answer(Resource resource, Query query) throws RefusedException {
    try {
      return resource.answer(query);
    } catch (RuntimeException e) {
      LOG.error("{} cannot be answered", resource.path(), e);
      throw new RefusedException(
          HttpStatus.INTERNAL_SERVER_ERROR_500, "this cannot be answered; the log says why");
    }
  }
}
