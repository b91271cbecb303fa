"""Calibration told: sessions, the cards on their boards, every move, and what was decided."""

import datetime

from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, CardMove, Decision, Participant
from hrportal.home.demo import phrases
from hrportal.home.demo.days import Round, at, between, days
from hrportal.home.demo.reviews import FINISHED, LOCKED, OPEN, READY, CycleTeller, Told
from hrportal.home.demo.wording import Writer
from hrportal.home.demo.world import World
from hrportal.people.models import OrgUnit

STATES = {READY: SessionState.PREPARING, OPEN: SessionState.OPEN}


class Tables:
    """The sessions of one cycle; a session appears with its first card."""

    def __init__(self, world: World, teller: CycleTeller) -> None:
        self.world, self.teller, self.rows = world, teller, world.rows
        self.sessions: dict[int | None, CalibrationSession] = {}
        self.seated: dict[int | None, set[int]] = {}

    def lay(self, told: Told) -> None:
        """Put a submitted review on its board, as far as its session has come."""
        if told.stage not in (READY, OPEN, LOCKED, FINISHED) or not told.is_submitted:
            return
        session = self.sessions.get(told.table) or self._session(told)
        self._seat(told.table, session, told.review.reviewer_id)
        card = Card(session=session, review=told.review, review_revision=1)
        card.proposed_rating = card.rating = told.review.proposed_rating
        card.pk = self.rows.next_id(Card)
        if session.state != SessionState.PREPARING:
            self._discuss(card, told, session)
        if session.locked_at:
            self._decide(card, told, session, session.locked_at)
        self.rows.add(card)

    def close(self) -> None:
        """Write the sessions, whose revision counted the moves on the way."""
        self._company_table()
        for session in self.sessions.values():
            self.rows.add(session)

    def _company_table(self) -> None:
        """This year one table sits above two others, one of them open and one still being prepared."""
        children = [self._first(state) for state in (SessionState.OPEN, SessionState.PREPARING)]
        under = [child for child in children if child]
        if self.teller.round.age or len(under) < len(children):
            return
        leader, executive = self.world.cast["hrleader"], self.world.cast["executive"]
        above = CalibrationSession(
            pk=self.rows.next_id(CalibrationSession),
            name=f"Company table, {self.teller.round.name.removeprefix('Annual review ')}",
            cycle=self.teller.cycle,
            owner=leader,
            facilitator=leader,
            state=SessionState.OPEN,
            due_on=self.teller.round.calibration_due_on,
            created_at=min(child.created_at for child in under),
            opened_at=under[0].opened_at,
        )
        self.rows.add(above)
        for who in sorted({leader.pk, executive.pk, *(child.facilitator_id or leader.pk for child in under)}):
            self.rows.add(Participant(session=above, employee_id=who))
        for child in under:
            child.parent = above

    def _first(self, state: SessionState) -> CalibrationSession | None:
        units = (session for session in self.sessions.values() if session.org_unit_id)
        return next((session for session in units if session.state == state), None)

    def _session(self, told: Told) -> CalibrationSession:
        dates = self.teller.round
        luck = self.world.luck("session", dates.age, told.table)
        unit = OrgUnit.objects.get(pk=told.table) if told.table else None
        partner = self.world.partner_of(unit.path if unit else "")
        session = CalibrationSession(
            pk=self.rows.next_id(CalibrationSession),
            name=f"{unit.name if unit else 'Leadership'}, {dates.name.removeprefix('Annual review ')}",
            cycle=self.teller.cycle,
            org_unit=unit,
            owner=self.world.cast["hrleader"],
            facilitator_id=partner,
            state=STATES.get(told.stage, SessionState.LOCKED),
            pre_read_due_on=dates.calibration_due_on - days(4),
            due_on=dates.calibration_due_on,
        )
        self._date(session, dates, at(_before(dates, told.stage), luck))
        self.sessions[told.table] = session
        self.seated[told.table] = set()
        self._seat(told.table, session, partner)
        return session

    def _date(self, session: CalibrationSession, dates: Round, prepared: datetime.datetime) -> None:
        session.created_at = prepared
        if session.state == SessionState.PREPARING:
            return
        session.opened_at = prepared + days(1)
        if session.state == SessionState.LOCKED:
            session.locked_at = prepared + days(2.1 if not dates.age else 6)
            session.locked_by_id = session.facilitator_id

    def _seat(self, table: int | None, session: CalibrationSession, who: int | None) -> None:
        if who and who not in self.seated[table]:
            self.seated[table].add(who)
            self.rows.add(Participant(session=session, employee_id=who))

    def _discuss(self, card: Card, told: Told, session: CalibrationSession) -> None:
        """Around an open table not everything was talked about yet."""
        is_done = session.state == SessionState.LOCKED
        card.is_discussed = is_done or told.luck.random() < 0.55
        if card.is_discussed and told.calibrated != told.proposed:
            self._move(card, told, session)

    def _move(self, card: Card, told: Told, session: CalibrationSession) -> None:
        reasons = phrases.RAISED if told.calibrated > told.proposed else phrases.LOWERED
        card.reason = told.luck.choice(tuple(reasons))
        writer = Writer(told.luck, told.member.first_name, told.family)
        card.rationale = writer.line(reasons[card.reason])
        card.rating = self.teller.form.levels[told.calibrated]
        last = (session.locked_at or at(self.world.calendar.yesterday, told.luck)).date()
        opened_at = session.opened_at or session.created_at
        moved_at = max(opened_at, at(between(opened_at.date(), last - days(1), told.luck), told.luck))
        self.rows.add(
            CardMove(
                card=card,
                from_rating=card.proposed_rating,
                to_rating=card.rating,
                reason=card.reason,
                rationale=card.rationale,
                moved_by_id=session.facilitator_id,
                moved_at=moved_at,
            )
        )
        card.version += 1
        card.changes += 1

    def _decide(self, card: Card, told: Told, session: CalibrationSession, decided_at: datetime.datetime) -> None:
        self.rows.add(
            Decision(
                review=told.review,
                session=session,
                proposed_rating=card.proposed_rating,
                rating=card.rating,
                reason=card.reason,
                rationale=card.rationale,
                decided_by_id=session.locked_by_id,
                decided_at=decided_at,
            )
        )


def _before(dates: Round, stage: str) -> datetime.date:
    """The day a session was prepared on."""
    return dates.manager_due_on + days(1) if stage == FINISHED else dates.manager_due_on - days(4)
