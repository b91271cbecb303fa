"""Names from where the company works. Which name meets which is drawn; any likeness to a person is chance."""

import unicodedata
from dataclasses import dataclass
from random import Random

from hrportal.people.enums import Gender


@dataclass(frozen=True)
class Culture:
    """Given names and family names that go together."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


def _culture(female: str, male: str, family: str) -> Culture:
    return Culture(tuple(female.split()), tuple(male.split()), tuple(family.split()))


CULTURES = {
    "german": _culture(
        "Anke Birgit Carla Dörte Frieda Greta Hanna Ilka Johanna Katrin Lena Merle Nele Rieke Swantje Wiebke",
        "Arne Bastian Clemens Detlef Enno Falk Gerrit Hauke Jannik Kai Lars Malte Niklas Ole Sönke Thorben",
        "Ahrens Behrens Clausen Dierks Ehlers Feddersen Grothe Harms Iversen Jessen Köster Lührs Martens Niebuhr "
        "Oltmanns Petersen Rademacher Schütte Thießen Voss Wegener Ziegler",
    ),
    "iberian": _culture(
        "Ana Beatriz Catarina Dulce Elvira Filipa Graça Inês Joana Leonor Marisol Nuria Olaia Pilar Rita Teresa",
        "Afonso Bruno Cristóvão Duarte Eduardo Fábio Gonçalo Henrique Iker Joaquim Lourenço Miguel Nuno Rui Tiago Xavier",
        "Abrantes Barreto Carvalho Domingues Esteves Figueiredo Guerreiro Henriques Leitão Machado Nogueira Oliveira "
        "Pacheco Quintela Ribeiro Salgado Teixeira Valente Zamora",
    ),
    "polish": _culture(
        "Agnieszka Bożena Celina Dorota Ewelina Gabriela Halina Iwona Jagoda Kinga Lidia Małgorzata Oliwia Renata Wanda",
        "Adrian Bartosz Cezary Damian Filip Grzegorz Hubert Igor Jacek Kamil Łukasz Marek Norbert Paweł Szymon Wojciech",
        "Adamczyk Bielecki Czajka Dudek Frączek Gajda Hajduk Jurek Kaczmarek Lisiecki Mazurek Nowicki Olszewski "
        "Pietrzak Rogala Sikora Tomczak Urbaniak Wrona Zając",
    ),
    "indian": _culture(
        "Aditi Bhavna Chitra Deepa Esha Gauri Harini Ishita Jyoti Kavya Lavanya Meera Nandini Pooja Rukmini Shalini",
        "Abhay Bharat Chetan Dinesh Girish Hemant Jayesh Kiran Lokesh Manoj Nikhil Pranav Rahul Sandeep Tejas Vikram",
        "Acharya Bhosale Chaudhari Deshpande Gokhale Iyer Joshi Kulkarni Lele Mahajan Nair Oak Patil Rao Sathe "
        "Thakur Upadhye Vaidya Wagh",
    ),
    "british": _culture(
        "Alice Beth Charlotte Daisy Eleanor Florence Gemma Harriet Imogen Josie Kirsty Lucy Niamh Olivia Rosie Sian",
        "Alistair Callum Declan Euan Fergus Gareth Hamish Ieuan Jack Kieran Lewis Morgan Owen Rhys Stuart Tom",
        "Ashworth Blackwood Cartwright Davies Entwistle Fairclough Greenhalgh Hargreaves Ingham Kershaw Lomax "
        "McAllister Ogden Pritchard Ramsbottom Sinclair Thornley Whitaker Yates",
    ),
    "dutch": _culture(
        "Anouk Bregje Doutzen Eline Femke Hilde Iris Jolijn Lieke Maaike Noor Puck Roos Sanne Tess Yfke",
        "Bram Coen Daan Evert Floris Gijs Hidde Joost Koen Luuk Maarten Pieter Ruben Sjoerd Teun Wouter",
        "Aalbers Bakker Coolen Dekker Elzinga Faber Geerts Hoekstra Jansma Kuipers Leenders Meijer Nauta Oosterhof "
        "Postma Roelofs Schouten Terpstra Visser Zijlstra",
    ),
    "japanese": _culture(
        "Aiko Chie Emi Fumiko Hana Kaori Mai Natsuki Reiko Sakura Tomoko Yui Yoko Akane Misaki Rin",
        "Akira Daichi Eiji Haruto Jun Kenji Makoto Naoki Osamu Ren Satoshi Takumi Yuki Hiroshi Kazuo Shota",
        "Aoki Endo Fujita Goto Hayashi Ishikawa Kobayashi Matsuda Nakagawa Ogawa Sakai Takeda Uchida Watanabe "
        "Yamashita Miura Shimizu Kondo",
    ),
    "kenyan": _culture(
        "Achieng Akinyi Chebet Fatuma Jerono Kanini Moraa Mumbi Nafula Njeri Wairimu Wambui Zawadi Atieno Makena",
        "Baraka Chege Juma Kamau Kiprop Kipchumba Mutiso Mwangi Njoroge Ochieng Odhiambo Otieno Wafula Kimani Barasa",
        "Cheruiyot Gathogo Karanja Kiplagat Lagat Maina Muthoni Mutua Ndegwa Nyambura Nyongesa Okoth Omondi Rotich "
        "Tanui Wanjala Were",
    ),
    "mexican": _culture(
        "Alejandra Brenda Citlali Daniela Erika Fernanda Gisela Itzel Karla Lorena Montserrat Nayeli Paola Ximena Yolanda",
        "Alonso Braulio César Diego Efraín Fernando Gustavo Hugo Ignacio Jorge Leonardo Mauricio Octavio Ramiro Saúl",
        "Aguirre Becerra Cárdenas Delgadillo Escobedo Fuentes Gallegos Huerta Ibarra Jáuregui Lozano Medrano Navarro "
        "Orozco Padilla Quiroz Rentería Sandoval Trejo Villaseñor",
    ),
    "arabic": _culture(
        "Amal Dalia Farah Ghada Hanan Iman Layla Maha Nadia Rania Salma Yasmin Zeina Noura Samira",
        "Adel Bassam Fadi Hadi Hassan Ibrahim Karim Mazen Nabil Omar Rami Sami Tarek Wael Yousef",
        "Abboud Barakat Darwish Farouk Ghanem Haddad Jaber Khoury Mansour Nasser Qasim Rahal Saleh Tannous Zaki",
    ),
    "chinese": _culture(
        "Fang Hui Jing Lan Li Mei Na Qian Ting Wen Xia Yan Ying Yue Zhen",
        "Bo Chao Dong Feng Gang Hao Jian Kai Lei Ming Peng Qiang Tao Wei Yong",
        "Cai Chen Deng Fan Gao Huang Jiang Kong Liang Luo Ma Peng Qian Shen Tan Wang Xu Ye Zhang Zhou",
    ),
    "turkish": _culture(
        "Asuman Burcu Ceren Defne Ebru Feride Gülay Hande Melis Nilüfer Perihan Selin Tuğba Yasemin Zeynep",
        "Alper Berat Cem Deniz Emre Ferhat Gökhan Hakan Kaan Levent Mert Onur Serkan Tolga Umut",
        "Aksoy Bulut Çelik Demir Erdem Fidan Güneş Kaya Koç Özkan Polat Şahin Tekin Uçar Yavuz",
    ),
}
NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "Ł": "L", "ß": "ss", "ö": "oe", "ü": "ue", "ä": "ae"})


def draw_name(luck: Random, home: str) -> tuple[str, str, Gender]:
    """A given name, a family name and a gender; seven in ten come from where the office is."""
    culture = CULTURES[home if luck.random() < 0.7 else luck.choice(tuple(CULTURES))]
    gender = Gender.FEMALE if luck.random() < 0.48 else Gender.MALE
    given = culture.female if gender == Gender.FEMALE else culture.male
    family = luck.choice(culture.family)
    if luck.random() < 0.04:
        family = f"{family}-{luck.choice(luck.choice(tuple(CULTURES.values())).family)}"
    return luck.choice(given), family, gender


def mailbox(first: str, last: str) -> str:
    """The part of an address before the @, in plain letters."""
    plain = unicodedata.normalize("NFKD", f"{first}.{last}".translate(NOT_DECOMPOSED))
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter in ".-")).lower()
