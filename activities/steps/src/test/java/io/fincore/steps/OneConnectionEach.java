package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Notes each thread that takes a connection while it holds one. In a pool such threads can hold all connections and wait for one another;
 * one connection for each step that runs at once would not be enough.
 */
final class OneConnectionEach extends DelegatingDataSource {

    private final ThreadLocal<Boolean> holds = ThreadLocal.withInitial(() -> false);
    private final List<String> greedy = new CopyOnWriteArrayList<>();

    OneConnectionEach(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (holds.get()) {
            greedy.add(StackWalker.getInstance()
                    .walk(frames -> frames.map(frame -> frame.getClassName() + "." + frame.getMethodName())
                            .filter(frame -> frame.startsWith("io.fincore"))
                            .collect(Collectors.joining(" < "))));
        }
        Connection connection = super.getConnection();
        holds.set(true);
        return (Connection) Proxy.newProxyInstance(
                OneConnectionEach.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        holds.set(false);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void assertNobodyTookTwo() {
        assertThat(greedy).as("who held a connection and took another").isEmpty();
    }
}
