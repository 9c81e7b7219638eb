package io.taskweaver.agents.simulated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Simulated behaviour of an attempt: derived from the seed and the attempt's id, so that neither the order of calls nor
 * a restart changes it.
 *
 * @param creation result of the first request to create its run
 * @param oddStatuses whether its statuses are unusual
 * @param conflicts whether its answer edits a file that others edit
 * @param strays whether its branch starts from a commit of its own, not from the one that it was given
 */
record SimulatedBehaviour(
        Duration duration,
        Ending ending,
        CreationFault creation,
        boolean oddStatuses,
        boolean conflicts,
        boolean strays) {
    /** How the run ends. */
    enum Ending {
        COMPLETE,
        FAILED,
        NEEDS_INPUT,
        NEVER
    }

    /** Result of a request to create a run. */
    enum CreationFault {
        NONE,
        TOO_MANY_REQUESTS,
        TOO_MANY_REQUESTS_UNTIL,
        ERROR_BEFORE,
        ERROR_AFTER,
        LOST_ANSWER,
        LATE_ANSWER
    }

    static SimulatedBehaviour of(SimulatorSettings settings, String attempt) {
        var rates = settings.rates();
        var chance = new Chance(settings.seed(), attempt);
        return new SimulatedBehaviour(
                duration(settings, attempt, chance),
                ending(rates, chance),
                creation(rates, chance),
                chance.draw("odd") < rates.oddStatus(),
                chance.draw("conflict") < rates.conflict(),
                chance.draw("stray") < rates.strayBase());
    }

    private static Duration duration(SimulatorSettings settings, String attempt, Chance chance) {
        var known = settings.durations().get(attempt.substring(0, Math.max(0, attempt.lastIndexOf('/'))));
        if (known != null) return known;
        long shortest = settings.shortest().toMillis();
        long spread = settings.longest().toMillis() - shortest + 1;
        return Duration.ofMillis(shortest + (long) (chance.draw("duration") * spread));
    }

    private static Ending ending(SimulatorSettings.Rates rates, Chance chance) {
        if (chance.draw("failure") < rates.failure()) return Ending.FAILED;
        if (chance.draw("input") < rates.needsInput()) return Ending.NEEDS_INPUT;
        return chance.draw("hang") < rates.hang() ? Ending.NEVER : Ending.COMPLETE;
    }

    private static CreationFault creation(SimulatorSettings.Rates rates, Chance chance) {
        boolean first = chance.draw("half") < 0.5;
        if (chance.draw("429") < rates.tooManyRequests())
            return first ? CreationFault.TOO_MANY_REQUESTS : CreationFault.TOO_MANY_REQUESTS_UNTIL;
        if (chance.draw("500") < rates.serverError())
            return first ? CreationFault.ERROR_BEFORE : CreationFault.ERROR_AFTER;
        if (chance.draw("lost") < rates.lostAnswer()) return CreationFault.LOST_ANSWER;
        return chance.draw("late") < rates.lateAnswer() ? CreationFault.LATE_ANSWER : CreationFault.NONE;
    }

    /** Uniform random numbers from 0 to 1 that depend only on seed, subject and name. */
    record Chance(long seed, String subject) {
        double draw(String what) {
            long hash = 0xcbf29ce484222325L ^ seed;
            for (byte b : (what + "\n" + subject).getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b) * 0x100000001b3L;
            // The finalizer of SplitMix64: similar subjects give unrelated numbers.
            hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
            hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
            return ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
        }
    }
}
