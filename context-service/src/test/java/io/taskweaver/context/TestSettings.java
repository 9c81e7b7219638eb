package io.taskweaver.context;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings as they are by default, but for the folder. */
record TestSettings(String stateDir) implements ContextSettings {
    static TestSettings in(Path folder) {
        return new TestSettings(folder.toString());
    }

    @Override
    public String codeDir() {
        return stateDir + "/code";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public int replicationFactor() {
        return -1;
    }

    @Override
    public Optional<String> instanceId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> advertisedAddress() {
        return Optional.empty();
    }

    @Override
    public int standbys() {
        return 1;
    }

    @Override
    public boolean advertisedTls() {
        return false;
    }

    @Override
    public Duration commitInterval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration closeTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration recordLimit() {
        return Duration.ofSeconds(60);
    }

    @Override
    public int stateMemoryMib() {
        return 32;
    }

    @Override
    public int codeFiles() {
        return 60;
    }

    @Override
    public int codeChars() {
        return 120_000;
    }
}
