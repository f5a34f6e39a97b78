package org.vcpuacct.export.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what is no request of HTTP/1.1: one line, without a word of what was sent. */
final class MalformedRequests implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status =
        request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException failure
            ? failure.getCode()
            : response.getStatus();
    Responses.sendLine(status, HttpStatus.getMessage(status), response, callback);
    return true;
  }
}
