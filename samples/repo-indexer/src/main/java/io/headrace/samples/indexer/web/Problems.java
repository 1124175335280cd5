package io.headrace.samples.indexer.web;

import io.headrace.samples.indexer.address.InvalidAddressException;
import io.headrace.samples.indexer.checkout.CheckoutException;
import io.headrace.samples.indexer.repository.UnknownRepositoryException;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebInputException;

/** What went wrong, as problem+json: what it is, and what to do. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Problems {

    @ExceptionHandler
    ProblemDetail invalid(InvalidAddressException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownRepositoryException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unavailable(CheckoutException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unreadable(ServerWebInputException e) {
        MethodParameter parameter = e.getMethodParameter();
        boolean ofPath = parameter != null && parameter.hasParameterAnnotation(PathVariable.class);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                ofPath
                        ? "That is not the id of a repository. Take it from the answer to POST /repos."
                        : "The body cannot be read. Send JSON: {\"url\": \"https://example.org/mill.git\"}.");
    }
}
