package io.taskweaver.runtime.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a broker until it is killed. It says what its clients set, in one line. */
final class BrokerChild {
    private BrokerChild() {}

    /** What a line of it says. */
    static Map<String, String> settings(String line) {
        return java.util.Arrays.stream(line.split("\t"))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    public static void main(String[] arguments) throws InterruptedException {
        var broker = EmbeddedBroker.start(Path.of(arguments[0]));
        System.out.println(broker.clientSettings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\t")));
        Thread.currentThread().join();
    }
}
