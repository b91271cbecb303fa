"""The shape of the demo company: where it works, what its parts do, which jobs there are."""

from dataclasses import dataclass, field

NAME = "Aldermoor Group"
DOMAIN = "aldermoor.example"


@dataclass(frozen=True)
class Place:
    """An office: where, in which country, and from where most of its people's names come."""

    code: str
    city: str
    country: str
    culture: str
    entity: str


PLACES = (
    Place("HAM", "Hamburg", "DE", "german", "Aldermoor GmbH"),
    Place("LIS", "Lisbon", "PT", "iberian", "Aldermoor Portugal Lda"),
    Place("KRK", "Kraków", "PL", "polish", "Aldermoor Polska sp. z o.o."),
    Place("PNQ", "Pune", "IN", "indian", "Aldermoor India Pvt Ltd"),
    Place("MAN", "Manchester", "GB", "british", "Aldermoor UK Ltd"),
    Place("UTC", "Utrecht", "NL", "dutch", "Aldermoor Nederland BV"),
    Place("OSA", "Osaka", "JP", "japanese", "Aldermoor Japan KK"),
    Place("NBO", "Nairobi", "KE", "kenyan", "Aldermoor East Africa Ltd"),
    Place("GDL", "Guadalajara", "MX", "mexican", "Aldermoor México SA de CV"),
)


@dataclass(frozen=True)
class Department:
    """A part of a business unit with one kind of work; teams are named after what they look after."""

    name: str
    family: str
    teams: tuple[str, ...]


@dataclass(frozen=True)
class Business:
    """A business unit, its share of the people, and who heads it."""

    code: str
    name: str
    head: str
    share: float
    departments: tuple[Department, ...] = field(default_factory=tuple)


def _department(name: str, family: str, teams: str) -> Department:
    return Department(name, family, tuple(team.strip() for team in teams.split(",")))


TECHNOLOGY, PEOPLE, IT = "TEC", "PEO", "ITS"

BUSINESSES = (
    Business(
        TECHNOLOGY,
        "Products and Technology",
        "Chief Technology Officer",
        0.31,
        (
            _department(
                "Instrument Software", "software", "Firmware, Calibration Tools, Device Cloud, Mobile Apps, Drivers"
            ),
            _department(
                "Platform", "software", "Identity, Billing, Observability, Developer Tools, Search, Integrations"
            ),
            _department(
                "Product and Design", "product", "Laboratory Line, Field Line, Service Portal, Pricing, Discovery"
            ),
            _department("Data and Insight", "data", "Analytics, Forecasting, Data Platform, Experimentation"),
        ),
    ),
    Business(
        "COM",
        "Commercial",
        "Chief Commercial Officer",
        0.22,
        (
            _department("Sales", "sales", "Key Accounts, Public Sector, Industry, New Markets, Partners"),
            _department("Marketing", "marketing", "Brand, Campaigns, Events, Product Marketing"),
            _department("Customer Success", "success", "Onboarding, Renewals, Enterprise Care, Training"),
        ),
    ),
    Business(
        "OPS",
        "Operations",
        "Chief Operating Officer",
        0.25,
        (
            _department("Manufacturing", "production", "Assembly, Optics, Electronics, Test Bay, Tooling"),
            _department("Supply Chain", "supply", "Purchasing, Planning, Inbound, Warehousing, Shipping"),
            _department("Field Service", "service", "Installation, Repairs, Remote Support, Spare Parts"),
        ),
    ),
    Business(
        "FIN",
        "Finance",
        "Chief Financial Officer",
        0.08,
        (_department("Controlling", "finance", "Group Reporting, Business Control, Treasury, Accounts"),),
    ),
    Business(
        PEOPLE,
        "People and Culture",
        "Chief People Officer",
        0.05,
        (_department("People Services", "people", "Business Partners, Talent, Recruiting, Rewards"),),
    ),
    Business(
        IT,
        "Information Technology",
        "Chief Information Officer",
        0.06,
        (_department("IT Services", "it", "Workplace, Networks, Security, Business Systems"),),
    ),
    Business(
        "LEG",
        "Legal and Risk",
        "General Counsel",
        0.03,
        (_department("Legal", "legal", "Contracts, Compliance, Intellectual Property"),),
    ),
)
CHIEF = "Chief Executive Officer"
CHIEF_OF_STAFF = "Chief of Staff"


@dataclass(frozen=True)
class Family:
    """A job family: the title of who does the work, and the word for what its leaders lead."""

    title: str
    area: str


FAMILIES = {
    "software": Family("Software Engineer", "Engineering"),
    "product": Family("Product Manager", "Product"),
    "data": Family("Data Analyst", "Data"),
    "sales": Family("Account Executive", "Sales"),
    "marketing": Family("Marketing Specialist", "Marketing"),
    "success": Family("Customer Success Specialist", "Customer Success"),
    "production": Family("Production Engineer", "Production"),
    "supply": Family("Supply Planner", "Supply Chain"),
    "service": Family("Service Engineer", "Service"),
    "finance": Family("Financial Analyst", "Finance"),
    "people": Family("People Partner", "People"),
    "it": Family("Systems Engineer", "IT"),
    "legal": Family("Legal Counsel", "Legal"),
}
# Levels 1 to 5 do the work, 6 to 8 lead those who do, 9 heads a business unit, 10 the company.
OWN_WORK = {1: "Junior {title}", 2: "{title}", 3: "Senior {title}", 4: "Lead {title}", 5: "Principal {title}"}
LEADING = {6: "{area} Team Lead", 7: "Director of {area}", 8: "Vice President {area}"}
BUSINESS_LEVEL, CHIEF_LEVEL = 9, 10


def job_name(family: str, level: int) -> str:
    """What a job is called."""
    words = FAMILIES[family]
    return {**OWN_WORK, **LEADING}[level].format(title=words.title, area=words.area)
