"""What the work of each job family is about: the things people refer to in goals, reviews and feedback."""

from dataclasses import dataclass

from performance.enums import Measure

NUMBER, PERCENT, MONEY, MILESTONE, YES_NO = (
    Measure.NUMBER, Measure.PERCENT, Measure.MONEY, Measure.MILESTONE, Measure.YES_NO,
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """A key result as people of this trade would set it."""

    title: str
    measure: Measure
    unit: str
    baseline: float
    target: float


@dataclass(frozen=True)
class Subject:
    """Pieces of work, who else depends on it, objectives and key results."""

    works: tuple[str, ...]
    partners: tuple[str, ...]
    objectives: tuple[str, ...]
    results: tuple[Result, ...]


def _subject(works: str, partners: str, objectives: str, *results: tuple[str, Measure, str, float, float]) -> Subject:
    return Subject(_parts(works), _parts(partners), _parts(objectives), tuple(Result(*result) for result in results))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


SUBJECTS = {
    "software": _subject(
        "the move of billing to the new platform; the calibration wizard; the rewrite of the sensor driver; the sign-in "
        "service; the release pipeline; the recovery exercise; the device cloud's data model",
        "the service desk; Product; Manufacturing's test bay; the security team",
        "Make releases boring; Cut the time from idea to instrument; Halve what wakes us at night; "
        "Leave the old platform behind; Make the device cloud ready for ten times the load",
        ("Incidents that reach customers per quarter", NUMBER, "", 14, 5),
        ("Share of changes released within a day", PERCENT, "%", 35, 80),
        ("Services moved to the new platform", NUMBER, "services", 4, 18),
        ("95th percentile response time", NUMBER, "ms", 620, 250),
        ("Recovery exercise passed without help from the vendor", YES_NO, "", 0, 1),
    ),
    "product": _subject(
        "the service portal's first release; the new price list; the interviews with forty laboratories; the roadmap for "
        "the field line; the end of the old analyser series; the tender for the university hospitals",
        "Engineering; Sales; the pilot customers; Field Service",
        "Give laboratories a reason to switch; Know our customers first-hand; Make the service portal the front door; "
        "Say no to what few people use",
        ("Active laboratories on the service portal", NUMBER, "labs", 40, 180),
        ("Customer interviews held and written up", NUMBER, "", 0, 36),
        ("Share of orders that need no manual check", PERCENT, "%", 52, 85),
        ("Old analyser series closed for new orders", MILESTONE, "", 0, 1),
    ),
    "data": _subject(
        "the demand forecast; the one definition of active customer; the move off the nightly spreadsheets; the churn "
        "model; the experiment on renewal letters; the data catalogue",
        "Finance; Supply Chain; Marketing; the product teams",
        "One answer to each question; Forecasts that Planning trusts; Data people find by themselves",
        ("Forecast error for the top 200 parts", PERCENT, "%", 31, 18),
        ("Reports retired in favour of one source", NUMBER, "reports", 0, 45),
        ("Colleagues who answered a question without us", NUMBER, "per month", 20, 120),
        ("Data catalogue covers every board figure", MILESTONE, "", 0, 1),
    ),
    "sales": _subject(
        "the framework agreement with the water boards; the renewal of our three largest accounts; the partner programme; "
        "the tender in the north; the pilot with the food laboratories; the clean-up of the pipeline",
        "Customer Success; Legal; Product; Finance",
        "Win where we are known least; Grow with the accounts we have; A pipeline we can believe",
        ("New contract value", MONEY, "EUR", 0, 900000),
        ("Win rate in tenders", PERCENT, "%", 22, 33),
        ("First meetings in new markets", NUMBER, "", 0, 48),
        ("Deals older than 180 days", NUMBER, "", 37, 10),
    ),
    "marketing": _subject(
        "the launch of the field line; the trade fair in spring; the customer stories; the new website; the campaign for "
        "service contracts; the brand refresh",
        "Sales; Product; the agencies; the country offices",
        "Be the name laboratories think of first; Campaigns that Sales asks for; Tell it through our customers",
        ("Qualified enquiries per quarter", NUMBER, "", 310, 520),
        ("Customer stories published", NUMBER, "", 0, 12),
        ("Cost per qualified enquiry", MONEY, "EUR", 190, 120),
        ("New website live in all languages", MILESTONE, "", 0, 1),
    ),
    "success": _subject(
        "the onboarding of the hospital group; the renewal talks; the health score; the training academy; the escalation "
        "with the dairy laboratories; the quarterly reviews with large customers",
        "Sales; Field Service; Product; the training team",
        "Customers who stay because it works; Productive in the first thirty days; Hear the warning before the letter",
        ("Net revenue retention", PERCENT, "%", 96, 104),
        ("Days from contract to first productive use", NUMBER, "days", 47, 28),
        ("Renewals signed before the last month", PERCENT, "%", 41, 70),
        ("Customers with a yearly success plan", NUMBER, "", 12, 60),
    ),
    "production": _subject(
        "the second optics line; the changeover on line three; the scrap in coating; the new test bench; the layout of the "
        "assembly hall; the audit by our largest customer",
        "Purchasing; Quality; Planning; the maintenance crew",
        "Right the first time; A line that changes over in minutes; Nobody hurt at work; Ready for the second shift",
        ("First-pass yield in final test", PERCENT, "%", 88, 95),
        ("Changeover time on line three", NUMBER, "minutes", 74, 35),
        ("Scrap cost per month", MONEY, "EUR", 61000, 40000),
        ("Days without a reportable accident", NUMBER, "days", 0, 250),
    ),
    "supply": _subject(
        "the second source for detectors; the safety stocks; the late deliveries of housings; the new warehouse plan; the "
        "freight contract; the planning round with Sales",
        "Manufacturing; Sales; the freight partners; Finance",
        "Parts there when the line needs them; Less money on the shelf; Two sources for everything that stops us",
        ("On-time delivery to the line", PERCENT, "%", 86, 96),
        ("Stock of slow-moving parts", MONEY, "EUR", 1400000, 950000),
        ("Critical parts with a second source", NUMBER, "parts", 9, 30),
        ("Orders shipped complete", PERCENT, "%", 91, 97),
    ),
    "service": _subject(
        "the backlog of repairs; the remote diagnosis kit; the installations at the university; the spare parts depot; the "
        "on-call rota; the handbook for the new analyser",
        "Customer Success; Engineering; Supply Chain; the dispatchers",
        "Fixed on the first visit; Solve it without driving; Know the instrument better than the customer does",
        ("First-visit fix rate", PERCENT, "%", 71, 86),
        ("Repairs open for more than ten days", NUMBER, "", 58, 15),
        ("Cases solved remotely", PERCENT, "%", 24, 45),
        ("Customer satisfaction after a visit", NUMBER, "of 5", 4.1, 4.6),
    ),
    "finance": _subject(
        "the monthly close; the new cost centres; the audit; the cash forecast; the business case for the second line; the "
        "clean-up of open items",
        "the auditors; the business units; Sales; the tax advisers",
        "Close in five days and sleep well; Figures that managers act on; Cash where we expect it",
        ("Working days to close the month", NUMBER, "days", 9, 5),
        ("Deviation of the 13-week cash forecast", PERCENT, "%", 14, 6),
        ("Audit findings open", NUMBER, "", 11, 2),
        ("Cost reports that managers open each month", PERCENT, "%", 38, 75),
    ),
    "people": _subject(
        "the calibration rounds; the onboarding of new managers; the pay review; the move to structured interviews; the works "
        "council agreement; the talent review",
        "the business units; Finance; the works council; Legal",
        "Managers who can have the talk; Hire fairly and fast; Every critical role with a successor",
        ("Days from vacancy to signed contract", NUMBER, "days", 71, 45),
        ("Managers through the feedback training", NUMBER, "managers", 0, 40),
        ("Reviews handed in on time", PERCENT, "%", 68, 95),
        ("Critical roles with someone ready now", PERCENT, "%", 30, 60),
    ),
    "it": _subject(
        "the laptop rollout; the move of the warehouse system; the access review; the phishing exercise; the new network in "
        "Pune; the service desk's knowledge base",
        "the business units; Security; the vendors; Finance",
        "Systems nobody has to think about; Close the doors we left open; Answer once, not a hundred times",
        ("Requests solved at first contact", PERCENT, "%", 54, 75),
        ("Systems behind single sign-on", NUMBER, "systems", 21, 60),
        ("Critical findings older than 30 days", NUMBER, "", 17, 0),
        ("Hours of unplanned downtime per quarter", NUMBER, "hours", 11, 3),
    ),
    "legal": _subject(
        "the contract templates; the export control review; the patent on the detector; the supplier dispute; the privacy "
        "assessment of the service portal; the compliance training",
        "Sales; Purchasing; Product; the outside counsel",
        "Contracts in days, not weeks; Risks named before they cost; Templates people like to use",
        ("Days from request to reviewed contract", NUMBER, "days", 12, 5),
        ("Contracts on standard templates", PERCENT, "%", 44, 75),
        ("Colleagues through the compliance training", PERCENT, "%", 60, 98),
        ("Detector patent filed", MILESTONE, "", 0, 1),
    ),
}
COMPANY_OBJECTIVES = (
    (
        "Be the first choice of laboratories in our five markets",
        Result("Revenue from new customers", MONEY, "EUR", 0, 42000000),
        Result("Customers who would recommend us", NUMBER, "points", 31, 45),
    ),
    (
        "Deliver every instrument right and on time",
        Result("Orders delivered on the promised day", PERCENT, "%", 84, 95),
        Result("Warranty cost as a share of revenue", PERCENT, "%", 3.4, 2.0),
    ),
    (
        "Be a place where people grow",
        Result("Critical roles filled from within", PERCENT, "%", 41, 65),
        Result("People with a development plan in use", PERCENT, "%", 35, 85),
    ),
)
