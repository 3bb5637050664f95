package postwarden.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import postwarden.detect.Advice;
import postwarden.detect.Finding;
import postwarden.tally.Pane;

/** How an incident changes when another one turns out to belong to it; pure. */
final class Family {
    private static final Comparator<Alert.Moment> BY_TIME = Comparator.comparing(Alert.Moment::time)
            .thenComparing(Alert.Moment::detector)
            .thenComparing(Alert.Moment::text);

    private Family() {}

    /** The parent after this child joined it. Joining twice changes nothing. */
    static Incident join(Incident parent, Incident child, DeskParams params) {
        Incident.Kin kin = parent.kin();
        if (!kin.children().contains(child.id())) {
            List<String> children = new ArrayList<>(kin.children());
            if (children.size() < params.maxChildren()) {
                children.add(child.id());
                children.sort(Comparator.naturalOrder());
            }
            Alert.Moment began = new Alert.Moment(
                    child.onset(), child.detector(), child.latest().title());
            kin = new Incident.Kin(
                    kin.parent(),
                    children,
                    kin.causes(),
                    kin.advice(),
                    byTime(kin.moments(), List.of(began), params.maxMoments()));
        }
        return adopt(parent.with(kin), child);
    }

    /** The parent with the causes and the advice of a child that knows the cause better. */
    static Incident adopt(Incident parent, Incident child) {
        if (!Kinship.adoptsCause(child.detector(), parent.detector())) {
            return parent;
        }
        Incident.Kin kin = parent.kin();
        Finding best = child.worst();
        return parent.with(new Incident.Kin(kin.parent(), kin.children(), best.causes(), best.advice(), kin.moments()));
    }

    /** The child under this parent. */
    static Incident under(Incident child, Incident parent) {
        Incident.Kin kin = child.kin();
        return child.with(new Incident.Kin(parent.id(), kin.children(), kin.causes(), kin.advice(), kin.moments()));
    }

    /** The parent after a child of its has ended. */
    static Incident outlived(Incident parent, Incident child, DeskParams params) {
        Incident.Kin kin = parent.kin();
        Alert.Moment end = new Alert.Moment(Pane.end(child.lastPane()), child.detector(), "Last seen of this.");
        return parent.with(new Incident.Kin(
                kin.parent(),
                kin.children(),
                kin.causes(),
                kin.advice(),
                byTime(kin.moments(), List.of(end), params.maxMoments())));
    }

    /** What a person is told to do: the finding's own advice, then what was adopted and is not in it. */
    static List<Advice> advice(Incident incident, Finding own) {
        List<Advice> advice = new ArrayList<>(own.advice());
        for (Advice adopted : incident.kin().advice()) {
            if (advice.stream().noneMatch(known -> known.title().equals(adopted.title()))) {
                advice.add(adopted);
            }
        }
        return advice;
    }

    /** Both lists in order of time, each moment once, the earliest {@code most}. */
    static List<Alert.Moment> byTime(List<Alert.Moment> some, List<Alert.Moment> more, int most) {
        List<Alert.Moment> all = new ArrayList<>(some);
        all.addAll(more);
        return all.stream().distinct().sorted(BY_TIME).limit(most).toList();
    }
}
