package io.fincore.api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** What tells one state of a resource from another: clients read it in {@code ETag}, and make it the condition of a change. */
@Component
public final class EntityTags {

    /** RFC 9110, 8.8.3; a weak one is left out, since a change asks for a strong one. */
    private static final Pattern STRONG = Pattern.compile("(?<!W/)\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"");

    private final ObjectMapper json;

    EntityTags(ObjectMapper json) {
        this.json = json;
    }

    /** The tag of a resource that has no version of its own: the one that {@link WebConfiguration#etags()} gives its representation. */
    public String of(Object body) {
        try {
            return "\"0" + DigestUtils.md5DigestAsHex(json.writeValueAsBytes(body)) + '"';
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a resource cannot be written", impossible);
        }
    }

    /** For an answer that is sent while it is read: the filter would keep all of it in memory to make a tag. */
    public static void giveNone(HttpServletRequest request) {
        ShallowEtagHeaderFilter.disableContentCaching(request);
    }

    public static String ofVersion(long version) {
        return "\"" + version + '"';
    }

    /**
     * The condition of a change (RFC 9110, 13.1.1).
     *
     * @param ifMatch tags of states in which the change is wanted, or {@code *}; null without a condition
     * @param current the tag of the state that the resource has
     * @throws ProblemException 412
     */
    public static void require(@Nullable String ifMatch, String current) {
        requireUnless(false, ifMatch, current);
    }

    /**
     * {@link #require} for a change whose answer may have been lost: a repetition finds the state that it made itself, and is not refused for
     * it (RFC 9110, 13.1.1).
     *
     * @param isSoAlready whether the resource is as the change would make it
     * @throws ProblemException 412
     */
    public static void requireUnless(boolean isSoAlready, @Nullable String ifMatch, String current) {
        if (!isSoAlready
                && ifMatch != null
                && !ifMatch.strip().equals("*")
                && STRONG.matcher(ifMatch).results().map(MatchResult::group).noneMatch(current::equals)) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "The resource has changed since you read it: its ETag is " + current + ".");
        }
    }
}
