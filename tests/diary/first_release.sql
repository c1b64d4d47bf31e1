BEGIN TRANSACTION;
CREATE TABLE diary (
	id TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "diary" VALUES('b155ed7874224f9fba7c46272a0c71b5');
CREATE TABLE diary_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind TEXT NOT NULL
);
INSERT INTO "diary_entry" VALUES(1,'check_in');
CREATE TABLE diary_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT diary_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "diary_schema" VALUES('0001');
CREATE TABLE diary_version (
	entry_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	"key" TEXT NOT NULL, 
	content TEXT NOT NULL, 
	stored_at TEXT NOT NULL, 
	PRIMARY KEY (entry_id, number), 
	FOREIGN KEY(entry_id) REFERENCES diary_entry (id) ON DELETE CASCADE
);
INSERT INTO "diary_version" VALUES(1,1,0,'2026-05-01','2026-05-01','b4b14ba26ae48751a3579348c61e00499a4fe0657729d97151842bd2b803841a','{"moment":"2026-05-01T07:00:00+00:00","mood":6.0,"pain":[3.0,0.0,10.0,1.0],"source":"app"}','2026-05-01T07:00:00.000000+00:00');
INSERT INTO "diary_version" VALUES(1,2,1,'2026-05-01','2026-05-01','ace768ea5ca71adb712d9a407a8a7432117be2ef9c2fc42fd84264d97c04325c','{"moment":"2026-05-01T07:00:00+00:00","mood":6.0,"pain":[4.0,0.0,10.0,1.0],"source":"app"}','2026-05-01T07:00:00.000000+00:00');
CREATE INDEX diary_version_key ON diary_version ("key");
CREATE INDEX diary_version_days ON diary_version (current, first_day, last_day);
CREATE UNIQUE INDEX diary_version_one_current ON diary_version (entry_id) WHERE current;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('diary_entry',1);
COMMIT;
