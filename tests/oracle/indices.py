"""The indices of IEEE 1366."""

import math
import statistics

SUSTAINED_MIN = 5
ENOUGH = 36


def indices(events, customers, minutes):
    """Events are (minutes, customers); the ones that are not known are left out before."""
    sustained = [event for event in events if event[0] > SUSTAINED_MIN]
    lost = sum(length * homes for length, homes in sustained)
    hit = sum(homes for _, homes in sustained)
    brief = sum(homes for length, homes in events if length <= SUSTAINED_MIN)
    return {
        "sustained": len(sustained),
        "momentary": len(events) - len(sustained),
        "customer_minutes": lost,
        "saidi_min": lost / customers,
        "saifi": hit / customers,
        "caidi_min": lost / hit if hit else None,
        "maifi": brief / customers,
        "asai": 1 - lost / customers / minutes,
    }


def threshold(daily_saidi, sustained):
    """Of days on which anything happened; nothing below 36 sustained interruptions."""
    known = [math.log(value) for value in daily_saidi if value > 0]
    if sustained < ENOUGH:
        return {"days": len(known), "sustained": sustained, "enough": False}
    alpha, beta = statistics.mean(known), statistics.stdev(known)
    return {
        "days": len(known),
        "sustained": sustained,
        "enough": True,
        "alpha": alpha,
        "beta": beta,
        "threshold_min": math.exp(alpha + 2.5 * beta),
    }
