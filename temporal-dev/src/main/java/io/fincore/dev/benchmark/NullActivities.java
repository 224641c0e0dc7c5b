package io.fincore.dev.benchmark;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Does nothing. */
@ActivityInterface
public interface NullActivities {

    @ActivityMethod(name = "null.step")
    String step(String id);
}
