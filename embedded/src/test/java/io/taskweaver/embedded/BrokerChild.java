package io.taskweaver.embedded;

import java.nio.file.Path;

/** Runs a broker until it is killed. */
final class BrokerChild {
    private BrokerChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        var broker = EmbeddedBroker.start(Path.of(arguments[0]));
        System.out.println(broker.bootstrapServers());
        Thread.currentThread().join();
    }
}
