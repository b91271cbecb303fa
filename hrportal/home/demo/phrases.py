"""Sentences that people write in reviews, around calibration tables and to each other; `wording.py` puts them together.

Slots: {first} the person, {work} and {partner} from the trade's `subjects`. Bands: low (1, 2), mid (3), high (4, 5).
"""

LOW, MID, HIGH = "low", "mid", "high"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


QUESTIONS = {
    "results": (
        "What was achieved in this period, and how?",
        "Think of two or three results and what they changed for others.",
        True,
    ),
    "growth": (
        "What could have gone better?",
        "One honest example helps more than a list.",
        False,
    ),
    "next": (
        "What should the coming period be about?",
        "One thing to keep, one to change, one to learn.",
        False,
    ),
}

# What managers write.
MANAGER = {
    ("results", HIGH): (
        _lines("""
            {first} had an outstanding run with {work}: it was done before the date and has held since.
            The year would have looked different without {first}. {work_cap} was the hardest thing on our list, and it is done.
            {first} took {work} over half-way, calmed everybody down and finished it properly.
            When {work} was about to slip, {first} re-planned it with {partner} within a week and still landed it.
            {first} did far more than the role asks for, above all with {work}.
        """),
        _lines("""
            What I value most is the how: {partner} now ask for {first} by name.
            Two colleagues learnt enough on the way to do it alone next time.
            The numbers moved too, and they moved because of choices {first} made early.
            There was one bad week in spring; {first} told me on the Monday, not on the Friday.
            {first} also kept {work_2} going, which nobody had planned for.
            The documentation is so good that the other site copied it.
        """),
    ),
    ("results", MID): (
        _lines("""
            {first} delivered what we had agreed, and {work} in particular came out well.
            A solid year. {work_cap} is finished, and {partner} are content with it.
            {first} kept {work} on course without making much noise about it.
            Most of the goals were met; {work} took longer than planned, for reasons outside the team.
            {first} has become somebody we rely on for {work}.
        """),
        _lines("""
            {partner_cap} described the cooperation as easy and to the point.
            Quality was good throughout; deadlines were met or renegotiated in time.
            {work_2_cap} was left half done, which we agreed on together.
            I would have liked a little more initiative in the second half.
            {first} answered questions from new colleagues patiently, again and again.
            The first draft is sometimes late, the final version never.
        """),
    ),
    ("results", LOW): (
        _lines("""
            We did not get where we wanted with {work}. It was handed over late, twice, and {partner} had to step in.
            It was a difficult year for {first}. {work_cap} was stopped in summer, and the replacement goal came late.
            {first} worked hard, yet the results of {work} fell short of what the role asks for.
            {work_cap} needed more help from the team than we had planned.
            I have to be honest: of the four goals, one was met.
        """),
        _lines("""
            {first} knows this; we have spoken about it every month since spring.
            Part of it was mine: priorities changed three times, and I should have protected {first} better.
            When {first} asks for help early, things go well; too often the question comes in the last week.
            {work_2_cap} went better, and shows what is possible.
            Small pieces of work were done carefully.
        """),
    ),
    ("growth", HIGH): (
        _lines("""
            {first} still does too much alone. Letting go of {work_2} would give somebody else a chance to grow.
            At times {first} is so far ahead that {partner} no longer follow; one more explanation would save a week.
            Saying no. {first} accepted three requests this autumn that were not ours.
            Honestly little. I would like {first} to present results personally more often.
        """),
        _lines("""
            We have talked about it, and {first} has already begun to change it.
            It is the one thing between this role and the next.
            It matters more with every month, as more people depend on {first}.
            I can help by taking some of the day-to-day away.
        """),
    ),
    ("growth", MID): (
        _lines("""
            I would like to hear of problems with {work} a week earlier.
            Meetings with {partner} could be prepared better: what do we want to leave the room with?
            {first} waits for decisions that {first} could take alone.
            Written updates are long; the point often comes in the last paragraph.
            {work_2_cap} deserved more attention than it got.
        """),
        _lines("""
            In the last two months this has become better.
            A short weekly note would already do.
            {first} has the experience for it; what is missing is the habit.
            I will give more direct feedback on this, not only in the review.
        """),
    ),
    ("growth", LOW): (
        _lines("""
            Reliability. When a date cannot be kept, {partner} must learn it from us and not find out.
            {first} needs to ask earlier and more concretely; with {work} we lost six weeks that way.
            The basics of the trade must sit before we take on anything like {work} again.
            Feedback is heard but rarely acted upon; I would like to see one change per month.
        """),
        _lines("""
            We agreed on a weekly half-hour from now on.
            I believe {first} can do this and have said so.
            A colleague from the other team has offered to help.
            If this does not change by spring, we have to talk about the role.
        """),
    ),
    ("next", HIGH): (
        _lines("""
            {first} should lead {work_2} from the start and bring a junior colleague along.
            I want {first} to take a seat in the planning round with {partner}.
            It is time for a bigger scope: {first} will own {work_2} end to end.
            Keep the standard, and pass it on: one talk per quarter for the whole department.
        """),
        _lines("""
            We should also speak about the next role, in or outside of my team.
            I would be sorry to lose {first}, and will help when the right thing comes up.
            A mentor outside our own unit would be good.
        """),
    ),
    ("next", MID): (
        _lines("""
            Finish {work_2}, and then take one thing that is new.
            More visibility: {first} presents the results of {work} to {partner} in spring.
            {first} takes over the weekly planning for the team's part of {work_2}.
            Broader rather than deeper: two weeks with {partner}.
        """),
        _lines("""
            I see {first} one level up in about two years if this goes well.
            A course is booked for February.
            We look at it together at the end of each quarter.
        """),
    ),
    ("next", LOW): (
        _lines("""
            Fewer things, finished: {work_2} and nothing else until March.
            Back to a goal that {first} can measure every week.
            We start with small, dated steps and look at them every Friday.
        """),
        _lines("""
            I will pair {first} with an experienced colleague.
            The training budget is there, and should be used this time.
            By summer I want to write a different review.
        """),
    ),
}

# What people write about themselves.
SELF = {
    "results": (
        _lines("""
            I am proud of {work}. It was not easy, but {partner} now work with it every day.
            Most of my time went into {work}, which went live in autumn.
            I think my main contribution was {work}, together with {partner}.
            {work_cap} took more out of me than planned, and I am content with how it ended.
            I finished {work} and helped out with {work_2} when we were short of people.
            Three of my four goals are done; the fourth is {work_2}.
        """),
        _lines("""
            What I would do the same way again is to show something early.
            I also showed two new colleagues around, which is not in my goals.
            The numbers are in the goals; behind them is a lot of patient work.
            I learnt more in these months than in the two years before.
            The hardest part was to get everybody to agree on what we mean by done.
        """),
    ),
    "growth": (
        _lines("""
            I should have told {partner} sooner that {work} would be late.
            I said yes to too many things in spring.
            I get lost in details, and then the big picture waits.
            My updates could be shorter. I know.
            I avoided a difficult talk for too long.
            I would have liked clearer priorities, and could have asked for them.
        """),
        _lines("""
            I have started to block two mornings a week.
            It is better since the summer.
            A regular talk with my manager about this would help me.
        """),
    ),
    "next": (
        _lines("""
            I would like to lead something of my own, for example {work_2}.
            I want to get better at presenting to people who are not from our trade.
            I would like to spend some time with {partner} to understand what they do with our work.
            I want to finish {work} and then hand it over.
            More depth: I would like to be the person one asks about {work}.
        """),
        _lines("""
            A mentor would help.
            I would also be interested in working from another office for a few months.
            In two years I would like to have a bigger role.
            I am happy where I am and want to do it well.
        """),
    ),
}

NEEDS = {
    "delivery": _lines("""
        Breaking large pieces of work into steps with dates
        Saying early when something will slip
    """),
    "collaboration": _lines("""
        Settling disagreements with {partner} directly
        Bringing others in before the plan is finished
    """),
    "customer": _lines("""
        Seeing first-hand how customers work
        Asking what a request is for before answering it
    """),
    "learning": _lines("""
        Trying something new before it is perfect
        Getting at home in working with data
    """),
    "communication": _lines("""
        Presenting to people from outside the trade
        Writing updates that begin with the point
    """),
}
COMPETENCY_COMMENTS = _lines("""
    Visible in {work}.
    {partner_cap} said the same.
    Steady over the whole period.
    Better than last year.
    Good days and less good ones.
    One level up would mean doing this for the team, too.
""")

LOWERED = {
    "consistency": _lines("""
        Compared with the others at this level around the table, the results are good and not exceptional.
        Two people with stronger results on the same kind of work are rated lower; this puts them side by side.
        We read the level description aloud: what is described one level up happened once, not through the year.
    """),
    "scope": _lines("""
        The work was done well, but the scope was smaller than what the level asks for.
        Much of the result came from a well-running team; the own part was rated again.
    """),
    "results": _lines("""
        Two of the key results were missed, and the text of the review says so, too.
        {work_cap} counted for the rating, but was finished by another team.
    """),
}
RAISED = {
    "results": _lines("""
        {work_cap} carried the department's goal; the first rating did not reflect it.
        The key results were met in full, in a year in which most were not.
    """),
    "evidence": _lines("""
        {partner_cap} brought two examples that the manager had not known.
        Feedback from three other teams speaks for the higher level.
    """),
    "consistency": _lines("""
        This manager rates strictly; beside comparable colleagues the higher level fits.
        Same results as two colleagues who are rated one level higher.
    """),
    "scope": _lines("""
        Took over a colleague's area for five months on top of the own, which the rating had left out.
    """),
}

FEEDBACK = {
    "praise": _lines("""
        Thank you for staying calm when {work} went wrong on Thursday. It helped all of us.
        The way you explained {work} to {partner} was the best I have heard so far.
        You noticed the mistake in {work} that four of us had overlooked. Great eye!
        Thanks for taking the new colleague under your wing. She told me how much it meant.
        Your notes on {work} saved me two days.
        I enjoyed working on {work} with you. Clear agreements, no surprises.
        {partner_cap} wrote to me to say how well they were looked after. That was you.
    """),
    "coaching": _lines("""
        Next time, send the one-page version of {work} first and keep the long one for questions.
        When you disagree with {partner}, say it in the room. Your point was right, and nobody heard it.
        You answered every question in the meeting yourself. Let the others go first; they know more than they say.
        For {work}, agree on what finished means before you start. It would have saved the last loop.
        You can shorten your updates by half without losing anything.
    """),
    "observation": _lines("""
        In the last three meetings about {work} you opened with the customer's problem. The talk was different at once.
        I noticed that you have been answering mails at night for two weeks. Is {work} too much right now?
        The hand-over of {work} went without a single question back.
        You asked {partner} for their view before showing yours. They opened up.
    """),
}

CHECK_IN_NOTES = {
    "on_track": _lines("""
        Moving as planned.
        Better than last month; the change we made in {work} shows.
        Good progress since {partner} joined.

        No surprises.
    """),
    "at_risk": _lines("""
        Waiting for {partner}; without an answer this week we slip.
        {work_cap} takes people away from this.
        Slower than planned, a decision is needed.
    """),
    "off_track": _lines("""
        Stopped until {work} is through.
        We will not get there this period; I propose to lower the target.
    """),
}
ACKNOWLEDGEMENTS = _lines("""
    Thank you for the open talk.
    Read and discussed. I see the second point differently, but it is fair.
    Thank you, that matches how I see it.
    We agreed to look at the scope again in spring.
""")

PLAN_ACTIONS = {
    "training": ("Course: {topic}", "Two days: {topic} in practice"),
    "mentoring": ("Monthly talk with a mentor from another unit", "Find a mentor who has done this before"),
    "coaching": ("Three coaching sessions with feedback after each", "Fortnightly half-hour with the manager"),
    "stretch": ("Lead one piece of {work}", "Present {work} to the department"),
    "rotation": ("Four weeks with {partner}", "Work a day a week with {partner}"),
    "project": ("Take a part in {work}", "Own the next step of {work}"),
}

WHY_CRITICAL = _lines("""
    Carries the relationship with our three largest customers; a vacancy would be felt within weeks.
    The only seat that knows product, factory and customer equally well.
    Leads the change of the next two years; without it the plan loses its head.
    Hard to hire: the last search took eleven months.
    Signs off what the regulators look at. It can never stand empty.
    Knowledge of the detector line sits with this role and two people below it.
""")
WHY_SUCCESSOR = _lines("""
    Has stood in twice and the work went on.
    Strong results three years in a row, and people follow.
    Knows the business; needs one larger team first.
    Deep in the subject, must still learn to lead through others.
    Could hold the role for half a year, but does not want it for good.
    Ready in substance; a move abroad must be settled first.
""")

# Why a proposed development goal is not taken up.
DISMISSALS = (
    "Two development goals are enough for this year; we come back to it in the next.",
    "This is covered by the training that has begun already.",
    "The role will change before this matters; better to wait for the new profile.",
)

QUESTIONED = (
    "Two of mine did comparable work and are proposed one level lower. What makes the difference?",
    "I worked with them on the spring launch and saw more than the review says.",
    "The goals were met, but late. Does the level fit?",
    "Which result stands behind the highest competency? I could not find it.",
)
TO_TALK_ABOUT = (
    "New in the role since summer: which level do we measure against?",
    "Feedback from other teams and the proposed rating point different ways.",
    "Two managers shared this year; hear both.",
    "Next to the same job in the other department.",
)
CONFLICT = "We are related."
ANSWERED = {
    "accepted": "We compared the key results with those of three colleagues in the same role: the level beside them fits better.",
    "rejected": "The figures do not know that half of the year went into the move of the warehouse. The rating stays.",
    "discuss": "Goals say one thing, peers another. Let us hear the manager first.",
}
# What managers ask HR to look at again, and what they are answered.
LOOK_AGAIN = (
    "The table did not know of the audit in October: it passed without a finding, which was the main goal of the year.",
    "I was ill on the day of the meeting. May I add what the customer wrote about the project?",
)
LOOKED_AGAIN = "We looked at it with the facilitator. The customer's letter lay on the table and was part of the decision; it stays."
