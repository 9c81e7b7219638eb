package io.taskweaver.embedded;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Main class of the registry's own process: runs the registry's application, and ends it when the process that started it
 * is gone, however that ended. The parent holds the other end of this process's standard input and never writes.
 */
final class RegistryMain {
    private static final String APPLICATION = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private RegistryMain() {}

    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().daemon().name("parent-watch").start(RegistryMain::exitWithParent);
        try {
            Class.forName(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @SuppressWarnings("SystemExitOutsideMain") // It is the main class; the thread only waits for the time to exit.
    private static void exitWithParent() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The parent process can not be watched any more: " + e);
        }
        System.exit(0);
    }
}
