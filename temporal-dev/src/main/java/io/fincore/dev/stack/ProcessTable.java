package io.fincore.dev.stack;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** What was started and not yet stopped, kept in a file so that another launcher finds it. */
public final class ProcessTable {

    /** Every component has a table of its own over the same file. Another launcher is kept out by the folder's lock. */
    private static final Object LOCK = new Object();

    private final StackFolder folder;

    public ProcessTable(StackFolder folder) {
        this.folder = folder;
    }

    /** The living processes by component name; an entry whose process has ended is not among them. */
    public Map<String, ProcessIdentity> living() {
        Map<String, ProcessIdentity> living = new TreeMap<>();
        recorded().forEach((name, identity) -> {
            if (identity.isAlive()) {
                living.put(name, identity);
            }
        });
        return living;
    }

    /** Everything written down, living or not. */
    public Map<String, ProcessIdentity> recorded() {
        Map<String, ProcessIdentity> recorded = new TreeMap<>();
        StackFolder.read(folder.processes())
                .forEach((name, value) -> recorded.put((String) name, parse((String) value)));
        return recorded;
    }

    Optional<ProcessIdentity> find(String name) {
        return Optional.ofNullable(recorded().get(name));
    }

    void put(String name, ProcessIdentity identity) {
        synchronized (LOCK) {
            Properties properties = StackFolder.read(folder.processes());
            properties.setProperty(name, identity.pid() + " " + identity.started());
            StackFolder.write(folder.processes(), properties);
        }
    }

    void remove(String name) {
        synchronized (LOCK) {
            Properties properties = StackFolder.read(folder.processes());
            if (properties.remove(name) != null) {
                StackFolder.write(folder.processes(), properties);
            }
        }
    }

    private static ProcessIdentity parse(String value) {
        int space = value.indexOf(' ');
        return new ProcessIdentity(Long.parseLong(value.substring(0, space)), value.substring(space + 1));
    }
}
