package io.fincore.api.problem;

import io.fincore.api.request.RequestIdentity;
import io.fincore.api.request.SafeHeaders;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the container sends what was refused by {@code sendError}, such as a path that the firewall stopped. */
@Hidden
@RestController
final class ProblemErrorController implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl(SafeHeaders.CACHE_CONTROL);
        return Problem.answer(
                ProblemHandler.ofStatus(HttpStatusCode.valueOf(status)), RequestIdentity.of(request), headers);
    }
}
