package io.taskweaver.runtime.embedded;

import java.nio.file.Path;

/** Runs a registry until it is killed. */
final class RegistryChild {
    private RegistryChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        var registry = EmbeddedRegistry.start(RegistryApplication.at(Path.of(arguments[0])), Path.of(arguments[1]));
        System.out.println(registry.pid());
        Thread.currentThread().join();
    }
}
