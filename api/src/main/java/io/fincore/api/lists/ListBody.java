package io.fincore.api.lists;

import java.util.List;

/**
 * A page of a list, newest first.
 *
 * @param hasMore whether there is more in the direction that was asked for
 */
public record ListBody<T>(String object, List<T> data, boolean hasMore, String url) {

    public ListBody {
        data = List.copyOf(data);
    }
}
