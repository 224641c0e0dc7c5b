package io.fincore.workflows.erasure;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What an erasure does in our database. Each is idempotent by the erasure's row, which is its record. */
@ActivityInterface
public interface ErasureActivities {

    /** Writes the request as {@code pending}, unless it is there. */
    @ActivityMethod(name = "erasure.create")
    void create(ErasureOrder order);

    /**
     * Erases the customer, unless something of them is open.
     *
     * @return what is in the way; empty if the customer is erased
     */
    @ActivityMethod(name = "erasure.erase")
    List<Obstacle> erase(String erasureId);

    /** Reminds the tenant that the deadline is near. */
    @ActivityMethod(name = "erasure.remind")
    void remind(String erasureId);

    /** Alerts: the deadline has passed. */
    @ActivityMethod(name = "erasure.alert")
    void alert(String erasureId);

    /**
     * Ends the request without an erasure.
     *
     * @return how it has ended: {@code completed} if the customer was erased before
     */
    @ActivityMethod(name = "erasure.cancel")
    ErasureStatus cancel(String erasureId, ErasureCancellation cancellation);
}
