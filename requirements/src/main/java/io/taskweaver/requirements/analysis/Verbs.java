package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Words;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Verbs that say what somebody or a system does. English only: other languages are never split or re-worded. */
final class Verbs {
    private static final Pattern GAP = Pattern.compile("[^\\p{L}\\p{N}-]+");
    private static final int LONGEST = 60;

    /** Two words that act as one verb. */
    private static final Set<String> PHRASAL = Set.copyOf(Words.phrases("""
        log in, log out, log off, sign in, sign out, sign up, check out, opt in, opt out, set up, roll back,
        shut down, start up, back up, top up, fill in
        """));

    /** Verbs that need no object. */
    private static final Set<String> BARE = Set.copyOf(Words.phrases("""
        register, login, logout, signup, signin, subscribe, unsubscribe, pay, exit, quit, navigate, scroll, zoom,
        reconnect, connect, disconnect, log in, log out, log off, sign in, sign out, sign up, check out, opt in,
        opt out
        """));

    private static final Set<String> SINGLE = Words.set("""
        accept access add adjust allow analyse analyze apply approve archive assign attach authenticate authorize
        block book browse build calculate cancel change check choose clear clone close collect comment compare
        compute configure confirm connect convert copy create customize decline decode define delete deny deploy
        deposit detect disable disconnect dispatch display document download draw drop duplicate edit email emit
        enable encrypt enforce enter evaluate execute exit expire export extract fetch filter find follow forward
        generate group handle have hide highlight identify implement import improve index insert install integrate
        invalidate invite issue join keep label launch leave lend like link list load lock log login logout maintain
        make manage map mark measure merge message migrate modify monitor move mute navigate notify offer open
        optimise optimize order paginate parse paste pause pay persist pin play post prepare present preview print process provide
        publish purchase query quit rate read rebuild receive reconnect record reduce refactor refresh refund register reject
        remove rename render renew reopen reorder replace replay reply report request reschedule reset resize restart
        restore resume retrieve retry return review revoke rotate route run save scan schedule scroll search select
        send serve set setup share ship show signin signup skip sort split start stop store stream submit subscribe
        suggest support suspend switch sync synchronize tag test track transfer translate trigger uninstall unlock
        unsubscribe update upgrade upload use validate verify view visualize vote withdraw write zoom
        """);

    private Verbs() {}

    /** The verb that a text begins with, of one word or two; empty if it begins with none. */
    static String leading(String text) {
        var body = text.strip();
        var words =
                GAP.split(body.substring(0, Math.min(body.length(), LONGEST)).toLowerCase(Locale.ROOT), 3);
        if (words.length > 1 && PHRASAL.contains(words[0] + " " + words[1])) return words[0] + " " + words[1];
        return SINGLE.contains(words[0]) || BARE.contains(words[0]) ? words[0] : "";
    }

    /** Whether a word can be a verb. */
    static boolean isVerb(String word) {
        return SINGLE.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether a verb says enough without an object. */
    static boolean isBare(String verb) {
        return BARE.contains(verb);
    }
}
