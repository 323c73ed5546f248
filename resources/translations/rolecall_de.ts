<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Rolecall</name>
    <message numerus="yes">
        <source> and {n} more</source>
        <translation>
            <numerusform> und {n} weitere</numerusform>
            <numerusform> und {n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>, line {n}</source>
        <translation>, Zeile {n}</translation>
    </message>
    <message>
        <source>2 h</source>
        <translation>2 h</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>8 h</source>
        <translation>8 h</translation>
    </message>
    <message>
        <source>A code for this role alone</source>
        <translation>Ein Code nur für diese Rolle</translation>
    </message>
    <message>
        <source>A command prints it</source>
        <translation>Ein Befehl gibt ihn aus</translation>
    </message>
    <message>
        <source>A file for a colleague: settings of roles and of the providers they start from. Nothing secret.</source>
        <translation>Eine Datei für andere im Team: Einstellungen von Rollen und der Anbieter, von denen sie ausgehen. Nichts Geheimes.</translation>
    </message>
    <message>
        <source>A line for each part</source>
        <translation>Eine Zeile je Teil</translation>
    </message>
    <message>
        <source>A page of {host} could not be loaded.</source>
        <translation>Eine Seite von {host} konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>A page without an address</source>
        <translation>Eine Seite ohne Adresse</translation>
    </message>
    <message>
        <source>A part of the page was left out: its certificate is not valid.</source>
        <translation>Ein Teil der Seite wurde weggelassen: Das Zertifikat ist ungültig.</translation>
    </message>
    <message>
        <source>A window with {name}'s login page opens. Its address is shown there, and stays visible.</source>
        <translation>Ein Fenster mit der Anmeldeseite von {name} öffnet sich. Die Adresse steht darin und bleibt sichtbar.</translation>
    </message>
    <message>
        <source>ACTIONS</source>
        <translation>AKTIONEN</translation>
    </message>
    <message>
        <source>ARN</source>
        <translation>ARN</translation>
    </message>
    <message>
        <source>AWS</source>
        <translation>AWS</translation>
    </message>
    <message>
        <source>AWS cannot be reached</source>
        <translation>AWS ist nicht erreichbar</translation>
    </message>
    <message>
        <source>AWS not asked yet</source>
        <translation>AWS noch nicht gefragt</translation>
    </message>
    <message>
        <source>AWS profile</source>
        <translation>AWS-Profil</translation>
    </message>
    <message>
        <source>AWS profile, or empty</source>
        <translation>AWS-Profil oder leer</translation>
    </message>
    <message>
        <source>AWS tools on this machine</source>
        <translation>AWS-Werkzeuge auf diesem Rechner</translation>
    </message>
    <message>
        <source>AWS tools use this.</source>
        <translation>AWS-Werkzeuge verwenden dies.</translation>
    </message>
    <message>
        <source>AWS's secret keys have {n} characters; this has {m}.</source>
        <translation>Geheime Schlüssel von AWS haben {n} Zeichen; dieser hat {m}.</translation>
    </message>
    <message>
        <source>Access key</source>
        <translation>Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>Zugriffsschlüssel-ID</translation>
    </message>
    <message>
        <source>Access key ID, like AKIA… or ASIA…; empty: only the files</source>
        <translation>Zugriffsschlüssel-ID wie AKIA… oder ASIA…; leer: nur die Dateien</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Account pin</source>
        <translation>Kontobindung</translation>
    </message>
    <message>
        <source>Acquiring</source>
        <translation>Wird geholt</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Add a policy</source>
        <translation>Richtlinie hinzufügen</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>Anbieter hinzufügen</translation>
    </message>
    <message>
        <source>Add a role</source>
        <translation>Rolle hinzufügen</translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation>Quelle hinzufügen</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Tag hinzufügen</translation>
    </message>
    <message>
        <source>Add an IAM user</source>
        <translation>IAM-Benutzer hinzufügen</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>After renewal until {time}</source>
        <translation>Nach der Erneuerung bis {time}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All actions of {name}</source>
        <translation>Alle Aktionen von {name}</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>All new ones</source>
        <translation>Alle neuen</translation>
    </message>
    <message>
        <source>All profiles</source>
        <translation>Alle Profile</translation>
    </message>
    <message>
        <source>All roles</source>
        <translation>Alle Rollen</translation>
    </message>
    <message>
        <source>All services</source>
        <translation>Alle Dienste</translation>
    </message>
    <message>
        <source>All stopped. Nothing of Rolecall is left in the file.</source>
        <translation>Alles beendet. Von Rolecall steht nichts mehr in der Datei.</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Allow the command of {source}, for {name} and {n} more.</source>
        <translation>Befehl von {source} erlauben, für {name} und {n} weitere.</translation>
    </message>
    <message>
        <source>Allow the command of {source}, for {name}.</source>
        <translation>Befehl von {source} erlauben, für {name}.</translation>
    </message>
    <message>
        <source>Allow the command of {source}.</source>
        <translation>Befehl von {source} erlauben.</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>An answer</source>
        <translation>Eine Antwort</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Andere Datei…</translation>
    </message>
    <message>
        <source>Another way</source>
        <translation>Anderer Weg</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Answer within</source>
        <translation>Antwort innerhalb von</translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation>Antworten…</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Apply {n}</source>
        <translation>{n} übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>Apply {n} changes</source>
        <translation>
            <numerusform>{n} Änderung übernehmen</numerusform>
            <numerusform>{n} Änderungen übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Ask AWS</source>
        <translation>AWS fragen</translation>
    </message>
    <message>
        <source>Ask before assuming</source>
        <translation>Vor dem Annehmen fragen</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Mich fragen</translation>
    </message>
    <message>
        <source>Asking AWS</source>
        <translation>AWS wird gefragt</translation>
    </message>
    <message>
        <source>Asking AWS…</source>
        <translation>AWS wird gefragt…</translation>
    </message>
    <message>
        <source>Asking {name} for a code…</source>
        <translation>{name} wird nach einem Code gefragt…</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Anfrage läuft…</translation>
    </message>
    <message>
        <source>Asks AWS whose credentials these are (GetCallerIdentity). It needs no permission and changes nothing.</source>
        <translation>Fragt AWS, wem diese Anmeldedaten gehören (GetCallerIdentity). Das braucht keine Berechtigung und ändert nichts.</translation>
    </message>
    <message>
        <source>Assume</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Assume a role, and what it depends on and how long that lasts stands here.</source>
        <translation>Nach dem Annehmen einer Rolle steht hier, wovon sie abhängt und wie lange das reicht.</translation>
    </message>
    <message>
        <source>Assume these now</source>
        <translation>Diese jetzt annehmen</translation>
    </message>
    <message>
        <source>Assume {name}</source>
        <translation>{name} annehmen</translation>
    </message>
    <message>
        <source>Assume {name}?</source>
        <translation>{name} annehmen?</translation>
    </message>
    <message numerus="yes">
        <source>Assume {n} roles</source>
        <translation>
            <numerusform>{n} Rolle annehmen</numerusform>
            <numerusform>{n} Rollen annehmen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Assume {n} roles now</source>
        <translation>
            <numerusform>{n} Rolle jetzt annehmen</numerusform>
            <numerusform>{n} Rollen jetzt annehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Assume, answer, retry or refresh; opens the console of a live role</source>
        <translation>Annehmen, antworten, erneut versuchen oder erneuern; bei einer laufenden Rolle die Konsole öffnen</translation>
    </message>
    <message>
        <source>Assumed from</source>
        <translation>Angenommen von</translation>
    </message>
    <message>
        <source>At most {n} policies</source>
        <translation>Höchstens {n} Richtlinien</translation>
    </message>
    <message>
        <source>At most {n} s: AWS limits a role assumed from another role to 1 h.</source>
        <translation>Höchstens {n} s: AWS begrenzt eine von einer anderen Rolle aus angenommene Rolle auf 1 h.</translation>
    </message>
    <message>
        <source>At most {n} tags</source>
        <translation>Höchstens {n} Tags</translation>
    </message>
    <message>
        <source>Authorization</source>
        <translation>Autorisierung</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>Zurück zur Seite</translation>
    </message>
    <message>
        <source>Back: out of a page, the search, or what the sidebar shows</source>
        <translation>Zurück: aus einer Seite, der Suche oder der Auswahl der Seitenleiste</translation>
    </message>
    <message>
        <source>Being renewed now</source>
        <translation>Wird erneuert</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Durch</translation>
    </message>
    <message>
        <source>By account</source>
        <translation>Nach Konto</translation>
    </message>
    <message>
        <source>By group</source>
        <translation>Nach Gruppe</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By status, what needs you first</source>
        <translation>Nach Status, Wartendes zuerst</translation>
    </message>
    <message>
        <source>By time left</source>
        <translation>Nach Restzeit</translation>
    </message>
    <message>
        <source>CA bundle</source>
        <translation>CA-Bündel</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the sign-in at {name}</source>
        <translation>Anmeldung bei {name} abbrechen</translation>
    </message>
    <message>
        <source>Cannot be imported</source>
        <translation>Nicht importierbar</translation>
    </message>
    <message>
        <source>Cannot be taken over</source>
        <translation>Nicht übernehmbar</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>Chain: {links}</source>
        <translation>Kette: {links}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Choose a request, and what was sent stands here.</source>
        <translation>Nach der Wahl einer Anfrage steht hier, was gesendet wurde.</translation>
    </message>
    <message>
        <source>Choose above what stands for {names}.</source>
        <translation>Oben wählen, was an die Stelle von {names} tritt.</translation>
    </message>
    <message>
        <source>Choose an entry, and all that is known about it stands here.</source>
        <translation>Nach der Wahl eines Eintrags steht hier alles, was über ihn bekannt ist.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client-Geheimnis</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Clock {sign}{min} min {s} s</source>
        <translation>Uhr {sign}{min} min {s} s</translation>
    </message>
    <message>
        <source>Clock {sign}{s} s</source>
        <translation>Uhr {sign}{s} s</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close details</source>
        <translation>Einzelheiten schließen</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Code copied.</source>
        <translation>Code kopiert.</translation>
    </message>
    <message>
        <source>Code on another device</source>
        <translation>Code auf einem anderen Gerät</translation>
    </message>
    <message>
        <source>Code: {code}</source>
        <translation>Code: {code}</translation>
    </message>
    <message>
        <source>Codes belong to a device: give its ARN or serial number.</source>
        <translation>Codes gehören zu einem Gerät: Seine ARN oder Seriennummer fehlt.</translation>
    </message>
    <message>
        <source>Codes then come by themselves. Whoever can open your keyring has both factors.</source>
        <translation>Codes kommen dann von selbst. Wer den Schlüsselbund öffnen kann, hat beide Faktoren.</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Condition key</source>
        <translation>Bedingungsschlüssel</translation>
    </message>
    <message>
        <source>Confirm now</source>
        <translation>Jetzt bestätigen</translation>
    </message>
    <message>
        <source>Confirm {time}</source>
        <translation>Bestätigen {time}</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>Bestätigung</translation>
    </message>
    <message>
        <source>Confirm…</source>
        <translation>Bestätigen…</translation>
    </message>
    <message>
        <source>Connect within</source>
        <translation>Verbinden innerhalb von</translation>
    </message>
    <message>
        <source>Context of the request</source>
        <translation>Kontext der Anfrage</translation>
    </message>
    <message>
        <source>Copied. Nothing secret is in it.</source>
        <translation>Kopiert. Nichts Geheimes ist darin.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Copy as a table: the selected rows, or all that are shown</source>
        <translation>Als Tabelle kopieren: die gewählten Zeilen oder alle angezeigten</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy as text. Nothing secret is in it.</source>
        <translation>Als Text kopieren. Nichts Geheimes ist darin.</translation>
    </message>
    <message>
        <source>Copy as text. Secrets are not in it.</source>
        <translation>Als Text kopieren. Geheimnisse sind nicht darin.</translation>
    </message>
    <message>
        <source>Copy as text. What proves it, signatures and tokens, is not in it.</source>
        <translation>Als Text kopieren. Was es beweist, Signaturen und Token, ist nicht darin.</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Copy console sign-in URL</source>
        <translation>Anmelde-URL der Konsole kopieren</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Copy env</source>
        <translation>Env</translation>
    </message>
    <message>
        <source>Copy environment</source>
        <translation>Umgebung kopieren</translation>
    </message>
    <message>
        <source>Copy environment for {shell}</source>
        <translation>Umgebung für {shell} kopieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy the entry</source>
        <translation>Eintrag kopieren</translation>
    </message>
    <message>
        <source>Copy the explanation</source>
        <translation>Erklärung kopieren</translation>
    </message>
    <message>
        <source>Copy the request</source>
        <translation>Anfrage kopieren</translation>
    </message>
    <message>
        <source>Copy the sign-in link of {name}</source>
        <translation>Anmeldelink von {name} kopieren</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>{name} kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Copy {n} rows</source>
        <translation>
            <numerusform>{n} Zeile kopieren</numerusform>
            <numerusform>{n} Zeilen kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy: {what}</source>
        <translation>Kopieren: {what}</translation>
    </message>
    <message>
        <source>Credentials file</source>
        <translation>Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>Ctrl F</source>
        <translation>Strg F</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Design</translation>
    </message>
    <message>
        <source>Deadlines</source>
        <translation>Fristen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Decline: {title}</source>
        <translation>Ablehnen: {title}</translation>
    </message>
    <message>
        <source>Decode with</source>
        <translation>Entschlüsseln mit</translation>
    </message>
    <message>
        <source>Decode with a fitting session</source>
        <translation>Mit einer passenden Sitzung entschlüsseln</translation>
    </message>
    <message>
        <source>Decode with {name}</source>
        <translation>Mit {name} entschlüsseln</translation>
    </message>
    <message>
        <source>Decoded with</source>
        <translation>Entschlüsselt mit</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>{name} löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete {n} roles</source>
        <translation>
            <numerusform>{n} Rolle löschen</numerusform>
            <numerusform>{n} Rollen löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete, with ten seconds to undo it</source>
        <translation>Löschen, zehn Sekunden lang rückgängig zu machen</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Verweigern</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details copied.</source>
        <translation>Einzelheiten kopiert.</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Einzelheiten…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discard the changes to {name}?</source>
        <translation>Änderungen an {name} verwerfen?</translation>
    </message>
    <message>
        <source>Discard what you typed?</source>
        <translation>Eingaben verwerfen?</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Does not renew by itself</source>
        <translation>Erneuert sich nicht von selbst</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Drop a file with roles here</source>
        <translation>Eine Datei mit Rollen hier ablegen</translation>
    </message>
    <message>
        <source>Dual-stack endpoints</source>
        <translation>Dual-Stack-Endpunkte</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Duplicate {name}</source>
        <translation>{name} duplizieren</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>Duplizieren…</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>{name} bearbeiten</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Encrypted connection</source>
        <translation>Verschlüsselte Verbindung</translation>
    </message>
    <message>
        <source>Ended {time}</source>
        <translation>Geendet {time}</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Ends in {time}</source>
        <translation>Endet in {time}</translation>
    </message>
    <message>
        <source>Ends {time}</source>
        <translation>Endet {time}</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter an MFA code for {source}, for {name} and {n} more.</source>
        <translation>MFA-Code für {source} eingeben, für {name} und {n} weitere.</translation>
    </message>
    <message>
        <source>Enter an MFA code for {source}, for {name}.</source>
        <translation>MFA-Code für {source} eingeben, für {name}.</translation>
    </message>
    <message>
        <source>Enter an MFA code for {source}.</source>
        <translation>MFA-Code für {source} eingeben.</translation>
    </message>
    <message>
        <source>Enter code</source>
        <translation>Code eingeben</translation>
    </message>
    <message>
        <source>Enter shows {name} in the list.</source>
        <translation>Enter zeigt {name} in der Liste.</translation>
    </message>
    <message>
        <source>Environment for {shell} copied, cleared from the clipboard in 60 s.</source>
        <translation>Umgebung für {shell} kopiert, wird in 60 s aus der Zwischenablage gelöscht.</translation>
    </message>
    <message>
        <source>Error code</source>
        <translation>Fehlercode</translation>
    </message>
    <message>
        <source>Error text</source>
        <translation>Fehlertext</translation>
    </message>
    <message>
        <source>Every AWS tool that is not told a profile uses [default].</source>
        <translation>Jedes AWS-Werkzeug ohne Profilangabe verwendet [default].</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>Alles andere</translation>
    </message>
    <message>
        <source>Everything renews by itself.</source>
        <translation>Alles erneuert sich von selbst.</translation>
    </message>
    <message>
        <source>Everything that can be done with it</source>
        <translation>Alles, was sich damit tun lässt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Expiring</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Explain why a role was refused…</source>
        <translation>Erklären, warum eine Rolle abgelehnt wurde…</translation>
    </message>
    <message>
        <source>Explicit deny</source>
        <translation>Ausdrücklich verweigert</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export or import</source>
        <translation>Exportieren oder importieren</translation>
    </message>
    <message>
        <source>Export profiles…</source>
        <translation>Profile exportieren…</translation>
    </message>
    <message>
        <source>Export roles</source>
        <translation>Rollen exportieren</translation>
    </message>
    <message numerus="yes">
        <source>Export {n} roles to a file</source>
        <translation>
            <numerusform>{n} Rolle in eine Datei exportieren</numerusform>
            <numerusform>{n} Rollen in eine Datei exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Export {n}…</source>
        <translation>{n} exportieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>External ID</source>
        <translation>Externe ID</translation>
    </message>
    <message>
        <source>FIPS endpoints</source>
        <translation>FIPS-Endpunkte</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Federated user</source>
        <translation>Föderierter Benutzer</translation>
    </message>
    <message>
        <source>File changed</source>
        <translation>Datei geändert</translation>
    </message>
    <message>
        <source>Files cannot be uploaded from here.</source>
        <translation>Dateien lassen sich von hier nicht hochladen.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter the activity</source>
        <translation>Verlauf filtern</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>Alles suchen</translation>
    </message>
    <message>
        <source>Find anything: profiles, actions, pages</source>
        <translation>Alles suchen: Profile, Aktionen, Seiten</translation>
    </message>
    <message>
        <source>Find profiles, actions, pages</source>
        <translation>Profile, Aktionen, Seiten suchen</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Fold a group, or unfold it</source>
        <translation>Eine Gruppe ein- oder ausklappen</translation>
    </message>
    <message>
        <source>Fold the details away, or bring them back</source>
        <translation>Die Einzelheiten ein- oder ausklappen</translation>
    </message>
    <message>
        <source>For the two providers whose OAuth 2.0 access tokens AWS takes instead of ID tokens.</source>
        <translation>Für die beiden Anbieter, deren OAuth-2.0-Zugriffstoken AWS anstelle von ID-Token annimmt.</translation>
    </message>
    <message>
        <source>For {names}.</source>
        <translation>Für {names}.</translation>
    </message>
    <message numerus="yes">
        <source>For {n} roles:</source>
        <translation>
            <numerusform>Für {n} Rolle:</numerusform>
            <numerusform>Für {n} Rollen:</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget the sign-in at {name}</source>
        <translation>Anmeldung bei {name} vergessen</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>From the keyring</source>
        <translation>Aus dem Schlüsselbund</translation>
    </message>
    <message>
        <source>Further transitive keys</source>
        <translation>Weitere transitive Schlüssel</translation>
    </message>
    <message>
        <source>Get a code</source>
        <translation>Code holen</translation>
    </message>
    <message>
        <source>GetAccessKeyInfo</source>
        <translation>GetAccessKeyInfo</translation>
    </message>
    <message>
        <source>GetCallerIdentity</source>
        <translation>GetCallerIdentity</translation>
    </message>
    <message>
        <source>Global</source>
        <translation>Global</translation>
    </message>
    <message>
        <source>Go with the time again (Home)</source>
        <translation>Wieder mit der Zeit gehen (Pos1)</translation>
    </message>
    <message>
        <source>Goes to the keyring{where}, nowhere else, and is never shown again.</source>
        <translation>Kommt in den Schlüsselbund{where}, nirgendwohin sonst, und wird nie wieder angezeigt.</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Guarded: its name is asked for before it is assumed</source>
        <translation>Geschützt: Vor dem Annehmen wird der Name abgefragt</translation>
    </message>
    <message>
        <source>Hidden by an old token</source>
        <translation>Von einem alten Token verdeckt</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Einzelheiten verbergen</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
    <message>
        <source>Hide {what}</source>
        <translation>{what} verbergen</translation>
    </message>
    <message>
        <source>Hold the space bar until the bar is full.</source>
        <translation>Leertaste halten, bis der Balken voll ist.</translation>
    </message>
    <message>
        <source>Hold to assume</source>
        <translation>Halten zum Annehmen</translation>
    </message>
    <message>
        <source>Holds no secret; edit it by hand or keep it under version control as you like.</source>
        <translation>Enthält nichts Geheimes; lässt sich von Hand bearbeiten oder in einer Versionsverwaltung führen.</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>How far AWS's clock is ahead of yours.</source>
        <translation>Wie weit die Uhr von AWS vor der eigenen liegt.</translation>
    </message>
    <message>
        <source>How much time is shown</source>
        <translation>Wie viel Zeit zu sehen ist</translation>
    </message>
    <message>
        <source>Human needed now</source>
        <translation>Eingriff jetzt nötig</translation>
    </message>
    <message>
        <source>IAM user</source>
        <translation>IAM-Benutzer</translation>
    </message>
    <message>
        <source>IAM user…</source>
        <translation>IAM-Benutzer…</translation>
    </message>
    <message>
        <source>ID token</source>
        <translation>ID-Token</translation>
    </message>
    <message>
        <source>IPv4 and IPv6.</source>
        <translation>IPv4 und IPv6.</translation>
    </message>
    <message>
        <source>Identities and providers appear here.</source>
        <translation>Identitäten und Anbieter erscheinen hier.</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Identity {name}</source>
        <translation>Identität {name}</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>If the login page refuses to work inside another program, choose another way.</source>
        <translation>Wenn die Anmeldeseite in einem anderen Programm nicht arbeiten will, einen anderen Weg wählen.</translation>
    </message>
    <message>
        <source>Implicit deny: nothing allows it</source>
        <translation>Nicht erlaubt: keine Richtlinie gestattet es</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import from AWS config…</source>
        <translation>Aus der AWS-Konfiguration importieren…</translation>
    </message>
    <message>
        <source>Import from {path}</source>
        <translation>Aus {path} importieren</translation>
    </message>
    <message>
        <source>Import profiles from a file…</source>
        <translation>Profile aus einer Datei importieren…</translation>
    </message>
    <message>
        <source>Import roles</source>
        <translation>Rollen importieren</translation>
    </message>
    <message>
        <source>Import roles from a file</source>
        <translation>Rollen aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Import {n}</source>
        <translation>{n} importieren</translation>
    </message>
    <message numerus="yes">
        <source>Import {n} roles</source>
        <translation>
            <numerusform>{n} Rolle importieren</numerusform>
            <numerusform>{n} Rollen importieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import {n} roles from {path}</source>
        <translation>
            <numerusform>{n} Rolle aus {path} importieren</numerusform>
            <numerusform>{n} Rollen aus {path} importieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Imported before, cannot be taken over now</source>
        <translation>Schon importiert, jetzt nicht übernehmbar</translation>
    </message>
    <message>
        <source>Imported before, changed there since</source>
        <translation>Schon importiert, dort inzwischen geändert</translation>
    </message>
    <message>
        <source>Imported before, no longer there: ticked ones are deleted here</source>
        <translation>Schon importiert, dort nicht mehr vorhanden: Angehakte werden hier gelöscht</translation>
    </message>
    <message>
        <source>Imported before, the same there</source>
        <translation>Schon importiert, dort unverändert</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>Kurz gesagt</translation>
    </message>
    <message>
        <source>In the settings file: {entry}</source>
        <translation>In der Einstellungsdatei: {entry}</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Ausgestellt</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>It cannot be saved as it is: a field has to be corrected first.</source>
        <translation>So lässt es sich nicht speichern: Erst ist ein Feld zu berichtigen.</translation>
    </message>
    <message>
        <source>It could not be renewed: {why}</source>
        <translation>Erneuern gelang nicht: {why}</translation>
    </message>
    <message>
        <source>It does not renew by itself.</source>
        <translation>Erneuert sich nicht von selbst.</translation>
    </message>
    <message>
        <source>It goes through {guarded}, which is guarded. Type its own name, or hold the button.</source>
        <translation>Es geht über {guarded}, was geschützt ist. Seinen eigenen Namen eingeben oder die Schaltfläche halten.</translation>
    </message>
    <message>
        <source>It holds a line break, or a character that cannot be seen.</source>
        <translation>Enthält einen Zeilenumbruch oder ein unsichtbares Zeichen.</translation>
    </message>
    <message>
        <source>It runs with your rights, without a shell, whenever a code is needed, until it is changed.</source>
        <translation>Läuft mit den eigenen Rechten, ohne Shell, sooft ein Code gebraucht wird, bis sich der Befehl ändert.</translation>
    </message>
    <message>
        <source>It runs with your rights, without a shell, whenever a sign-in is needed, until it is changed.</source>
        <translation>Läuft mit den eigenen Rechten, ohne Shell, sooft eine Anmeldung gebraucht wird, bis sich der Befehl ändert.</translation>
    </message>
    <message>
        <source>It stays under Needs you</source>
        <translation>Es bleibt unter „Wartet auf Sie“</translation>
    </message>
    <message>
        <source>Its ARN, and the provider, identity or role it is assumed from.</source>
        <translation>Die ARN und der Anbieter, die Identität oder die Rolle, von der aus sie angenommen wird.</translation>
    </message>
    <message>
        <source>Its access key and TOTP secret are removed from the keyring, too. That cannot be undone.</source>
        <translation>Zugriffsschlüssel und TOTP-Geheimnis werden auch aus dem Schlüsselbund entfernt. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Its credentials work until {time}.</source>
        <translation>Die Anmeldedaten gelten bis {time}.</translation>
    </message>
    <message>
        <source>Just a moment…</source>
        <translation>Einen Moment…</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
    <message>
        <source>Keep holding, {n} s</source>
        <translation>Weiter halten, {n} s</translation>
    </message>
    <message>
        <source>Keep in memory until quit</source>
        <translation>Bis zum Beenden im Speicher halten</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>Weiter warten</translation>
    </message>
    <message>
        <source>Keeps the login page's cookies in a folder of their own, so that renewing needs nobody.</source>
        <translation>Bewahrt die Cookies der Anmeldeseite in einem eigenen Ordner auf, sodass zum Erneuern niemand gebraucht wird.</translation>
    </message>
    <message>
        <source>Keeps the refresh token in the keyring, so that renewing needs nobody.</source>
        <translation>Bewahrt das Aktualisierungstoken im Schlüsselbund auf, sodass zum Erneuern niemand gebraucht wird.</translation>
    </message>
    <message>
        <source>Kept in memory, secrets are gone when you quit and have to be typed again next time. What a keyring already holds stays there, unused until then.</source>
        <translation>Nur im Speicher gehalten, sind Geheimnisse nach dem Beenden fort und müssen beim nächsten Mal neu eingegeben werden. Was schon in einem Schlüsselbund liegt, bleibt dort und so lange ungenutzt.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key ID</source>
        <translation>Schlüssel-ID</translation>
    </message>
    <message>
        <source>Key X-ray</source>
        <translation>Schlüssel durchleuchten</translation>
    </message>
    <message>
        <source>Key of tag {n}</source>
        <translation>Schlüssel von Tag {n}</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyring: {name}</source>
        <translation>Schlüsselbund: {name}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>Gilt</translation>
    </message>
    <message>
        <source>Lasts until {time}</source>
        <translation>Reicht bis {time}</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Learnt from the assertion. Give it where only AWS can read that, because it is encrypted.</source>
        <translation>Aus der Assertion gelernt. Nur angeben, wenn allein AWS sie lesen kann, weil sie verschlüsselt ist.</translation>
    </message>
    <message>
        <source>Lease</source>
        <translation>Leihfrist</translation>
    </message>
    <message>
        <source>Lease ended</source>
        <translation>Leihfrist abgelaufen</translation>
    </message>
    <message>
        <source>Lease ends in {time}</source>
        <translation>Leihfrist endet in {time}</translation>
    </message>
    <message>
        <source>Lease ends {time}</source>
        <translation>Leihfrist endet {time}</translation>
    </message>
    <message>
        <source>Lease ends {time}, not renewed</source>
        <translation>Leihfrist endet {time}, wird nicht erneuert</translation>
    </message>
    <message>
        <source>Legend, {words}</source>
        <translation>Legende, {words}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Design</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>Wahrscheinlich</translation>
    </message>
    <message>
        <source>Likely causes, checked one by one</source>
        <translation>Mögliche Ursachen, einzeln geprüft</translation>
    </message>
    <message>
        <source>Line {line}, column {column}</source>
        <translation>Zeile {line}, Spalte {column}</translation>
    </message>
    <message>
        <source>Link copied. Open it in any browser, on this machine or another.</source>
        <translation>Link kopiert. Er lässt sich in jedem Browser öffnen, auch auf einem anderen Rechner.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Load the page again</source>
        <translation>Seite neu laden</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Log out of the console before signing in</source>
        <translation>Vor dem Anmelden von der Konsole abmelden</translation>
    </message>
    <message>
        <source>Login URL</source>
        <translation>Anmelde-URL</translation>
    </message>
    <message>
        <source>Long-term key</source>
        <translation>Langzeitschlüssel</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Nachsehen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen…</translation>
    </message>
    <message>
        <source>MFA</source>
        <translation>MFA</translation>
    </message>
    <message>
        <source>MFA code</source>
        <translation>MFA-Code</translation>
    </message>
    <message>
        <source>MFA code now</source>
        <translation>MFA-Code jetzt</translation>
    </message>
    <message>
        <source>MFA code sign in</source>
        <translation>MFA Code anmelden</translation>
    </message>
    <message>
        <source>MFA code {time}</source>
        <translation>MFA-Code {time}</translation>
    </message>
    <message>
        <source>MFA codes</source>
        <translation>MFA-Codes</translation>
    </message>
    <message>
        <source>MFA code…</source>
        <translation>MFA-Code…</translation>
    </message>
    <message>
        <source>MFA device</source>
        <translation>MFA-Gerät</translation>
    </message>
    <message>
        <source>MFA session</source>
        <translation>MFA-Sitzung</translation>
    </message>
    <message>
        <source>MFA session of {name}</source>
        <translation>MFA-Sitzung von {name}</translation>
    </message>
    <message>
        <source>Making and changing</source>
        <translation>Anlegen und Ändern</translation>
    </message>
    <message>
        <source>Managed policies</source>
        <translation>Verwaltete Richtlinien</translation>
    </message>
    <message>
        <source>Managed policy {n}</source>
        <translation>Verwaltete Richtlinie {n}</translation>
    </message>
    <message>
        <source>Mend this</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Mend: {what}</source>
        <translation>Beheben: {what}</translation>
    </message>
    <message>
        <source>Mended.</source>
        <translation>Behoben.</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Menu key</source>
        <translation>Menütaste</translation>
    </message>
    <message>
        <source>Menu of {name}</source>
        <translation>Menü von {name}</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Minify</source>
        <translation>Verkürzen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move the role up or down, into the next group too</source>
        <translation>Die Rolle nach oben oder unten verschieben, auch in die nächste Gruppe</translation>
    </message>
    <message>
        <source>Move to group</source>
        <translation>In Gruppe verschieben</translation>
    </message>
    <message>
        <source>Move to group {name}</source>
        <translation>In Gruppe {name} verschieben</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the group</source>
        <translation>Name der Gruppe</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>Name des Profils</translation>
    </message>
    <message>
        <source>Needed where the browser says “log out first”. Leave it off with multi-session support.</source>
        <translation>Nötig, wenn der Browser verlangt, sich erst abzumelden. Bei Unterstützung mehrerer Sitzungen aus lassen.</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Wartet auf Sie</translation>
    </message>
    <message>
        <source>Needs you now</source>
        <translation>Eingriff jetzt</translation>
    </message>
    <message>
        <source>Needs you {time}</source>
        <translation>Eingriff {time}</translation>
    </message>
    <message>
        <source>Neither a profile or identity here, nor the files of AWS tools.</source>
        <translation>Weder ein Profil oder eine Identität hier noch die Dateien der AWS-Werkzeuge.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New IAM user</source>
        <translation>Neuer IAM-Benutzer</translation>
    </message>
    <message>
        <source>New IAM user…</source>
        <translation>Neuer IAM-Benutzer…</translation>
    </message>
    <message>
        <source>New OpenID Connect provider…</source>
        <translation>Neuer OpenID-Connect-Anbieter…</translation>
    </message>
    <message>
        <source>New SAML provider…</source>
        <translation>Neuer SAML-Anbieter…</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>New group for {name}</source>
        <translation>Neue Gruppe für {name}</translation>
    </message>
    <message>
        <source>New group…</source>
        <translation>Neue Gruppe…</translation>
    </message>
    <message>
        <source>New role</source>
        <translation>Neue Rolle</translation>
    </message>
    <message>
        <source>New role or source, or import</source>
        <translation>Neue Rolle oder Quelle, oder Import</translation>
    </message>
    <message>
        <source>New roles</source>
        <translation>Neue Rollen</translation>
    </message>
    <message>
        <source>New role…</source>
        <translation>Neue Rolle…</translation>
    </message>
    <message>
        <source>New {what}</source>
        <translation>Neu: {what}</translation>
    </message>
    <message>
        <source>Next human needed {time}</source>
        <translation>Nächster Eingriff {time}</translation>
    </message>
    <message>
        <source>Next human needed {time}, in {left}</source>
        <translation>Nächster Eingriff {time}, in {left}</translation>
    </message>
    <message>
        <source>No MFA</source>
        <translation>Keine MFA</translation>
    </message>
    <message>
        <source>No browser has opened the page so far. Copy its link, and paste it into a browser.</source>
        <translation>Noch hat kein Browser die Seite geöffnet. Den Link kopieren und in einen Browser einfügen.</translation>
    </message>
    <message>
        <source>No deadlines</source>
        <translation>Keine Fristen</translation>
    </message>
    <message>
        <source>No entry of the last 30 days has all of this.</source>
        <translation>Auf keinen Eintrag der letzten 30 Tage trifft all das zu.</translation>
    </message>
    <message>
        <source>No group</source>
        <translation>Keine Gruppe</translation>
    </message>
    <message>
        <source>No longer there</source>
        <translation>Nicht mehr da</translation>
    </message>
    <message>
        <source>No other profile starts from {name}.</source>
        <translation>Kein anderes Profil geht von {name} aus.</translation>
    </message>
    <message>
        <source>No profile starts from {name} yet.</source>
        <translation>Noch kein Profil geht von {name} aus.</translation>
    </message>
    <message>
        <source>No role matches “{words}”.</source>
        <translation>Keine Rolle passt zu „{words}“.</translation>
    </message>
    <message>
        <source>No role of {path} can be imported</source>
        <translation>Keine Rolle aus {path} lässt sich importieren</translation>
    </message>
    <message>
        <source>No role selected</source>
        <translation>Keine Rolle ausgewählt</translation>
    </message>
    <message>
        <source>No role waits for it.</source>
        <translation>Keine Rolle wartet darauf.</translation>
    </message>
    <message>
        <source>No roles yet</source>
        <translation>Noch keine Rollen</translation>
    </message>
    <message>
        <source>No roles yet.</source>
        <translation>Noch keine Rollen.</translation>
    </message>
    <message>
        <source>Nobody is needed</source>
        <translation>Kein Eingriff nötig</translation>
    </message>
    <message>
        <source>Nobody needed</source>
        <translation>Kein Eingriff nötig</translation>
    </message>
    <message>
        <source>Nobody needs you</source>
        <translation>Nichts wartet auf Sie</translation>
    </message>
    <message numerus="yes">
        <source>None of them has credentials until then.</source>
        <translation>
            <numerusform>Die Rolle hat bis dahin keine Anmeldedaten.</numerusform>
            <numerusform>Keine von ihnen hat bis dahin Anmeldedaten.</numerusform>
        </translation>
    </message>
    <message>
        <source>None of these can do that now.</source>
        <translation>Bei keiner von diesen geht das jetzt.</translation>
    </message>
    <message>
        <source>None: it gives ID tokens</source>
        <translation>Keine: Er gibt ID-Token aus</translation>
    </message>
    <message>
        <source>Not encrypted — this machine</source>
        <translation>Nicht verschlüsselt — dieser Rechner</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>Not reached: what stands above comes first.</source>
        <translation>Nicht erreicht: Was darüber steht, geht vor.</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>Noch nicht versucht</translation>
    </message>
    <message>
        <source>Not used by AWS tools</source>
        <translation>Von AWS-Werkzeugen nicht verwendet</translation>
    </message>
    <message>
        <source>Not written to any file: AWS tools get it from `{command}` as their credential_process.</source>
        <translation>In keine Datei geschrieben: AWS-Werkzeuge erhalten sie von `{command}` als ihrem credential_process.</translation>
    </message>
    <message>
        <source>Nothing has changed yet. What is new is ticked; what would change something of yours is not.</source>
        <translation>Noch ist nichts geändert. Neues ist angehakt; was Eigenes ändern würde, nicht.</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Nothing here now.</source>
        <translation>Hier ist gerade nichts.</translation>
    </message>
    <message>
        <source>Nothing is asked of AWS until you assume it.</source>
        <translation>AWS wird erst beim Annehmen gefragt.</translation>
    </message>
    <message>
        <source>Nothing is published unless AWS says that it is this account.</source>
        <translation>Bereitgestellt wird nur, wenn AWS genau dieses Konto nennt.</translation>
    </message>
    <message>
        <source>Nothing is saved until then.</source>
        <translation>Bis dahin wird nichts gespeichert.</translation>
    </message>
    <message>
        <source>Nothing is sent to AWS until you assume a role.</source>
        <translation>Erst beim Annehmen einer Rolle wird etwas an AWS gesendet.</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>Nothing matches “{words}”.</source>
        <translation>Keine Treffer für „{words}“.</translation>
    </message>
    <message>
        <source>Nothing to renew</source>
        <translation>Nichts zu erneuern</translation>
    </message>
    <message>
        <source>Nothing was asked of STS since the window was started.</source>
        <translation>Seit dem Start des Fensters wurde STS nichts gefragt.</translation>
    </message>
    <message>
        <source>Nothing yet. After a sign-in it is taken apart here.</source>
        <translation>Noch nichts. Nach einer Anmeldung wird sie hier zerlegt.</translation>
    </message>
    <message>
        <source>Nothing.</source>
        <translation>Nichts.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>Nirgends</translation>
    </message>
    <message>
        <source>OIDC</source>
        <translation>OIDC</translation>
    </message>
    <message>
        <source>Obtain credentials with these settings. Nothing is saved or published.</source>
        <translation>Mit diesen Einstellungen Anmeldedaten anfordern. Nichts wird gespeichert oder bereitgestellt.</translation>
    </message>
    <message>
        <source>Obtained</source>
        <translation>Erhalten</translation>
    </message>
    <message>
        <source>Obtained {time}</source>
        <translation>Erhalten {time}</translation>
    </message>
    <message>
        <source>Obtains</source>
        <translation>Fordert an</translation>
    </message>
    <message>
        <source>One code for all roles of the identity</source>
        <translation>Ein Code für alle Rollen der Identität</translation>
    </message>
    <message>
        <source>One way to begin.</source>
        <translation>Ein Weg, anzufangen.</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a SAML response</source>
        <translation>SAML-Antwort öffnen</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>Konsole öffnen</translation>
    </message>
    <message>
        <source>Open console at</source>
        <translation>Konsole öffnen bei</translation>
    </message>
    <message>
        <source>Open console at a service</source>
        <translation>Konsole bei einem Dienst öffnen</translation>
    </message>
    <message>
        <source>Open console at {service}</source>
        <translation>Konsole öffnen bei {service}</translation>
    </message>
    <message>
        <source>Open in a window</source>
        <translation>In einem Fenster öffnen</translation>
    </message>
    <message>
        <source>Open in your browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Erneut öffnen</translation>
    </message>
    <message>
        <source>Open the browser</source>
        <translation>Browser öffnen</translation>
    </message>
    <message>
        <source>Open the login page</source>
        <translation>Anmeldeseite öffnen</translation>
    </message>
    <message>
        <source>OpenID Connect</source>
        <translation>OpenID Connect</translation>
    </message>
    <message>
        <source>OpenID Connect provider</source>
        <translation>OpenID-Connect-Anbieter</translation>
    </message>
    <message>
        <source>OpenID Connect provider…</source>
        <translation>OpenID-Connect-Anbieter…</translation>
    </message>
    <message>
        <source>OpenID Connect…</source>
        <translation>OpenID Connect…</translation>
    </message>
    <message>
        <source>Optional: lets you sign in through a window of its own, too.</source>
        <translation>Freiwillig: erlaubt auch die Anmeldung in einem eigenen Fenster.</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>Reihenfolge der Liste</translation>
    </message>
    <message>
        <source>Other profiles</source>
        <translation>Andere Profile</translation>
    </message>
    <message>
        <source>Other roles</source>
        <translation>Andere Rollen</translation>
    </message>
    <message>
        <source>Otherwise they stay in the credentials file until they expire.</source>
        <translation>Sonst bleiben sie bis zu ihrem Ablauf in der Anmeldedaten-Datei.</translation>
    </message>
    <message>
        <source>PAGES</source>
        <translation>SEITEN</translation>
    </message>
    <message>
        <source>PROFILES</source>
        <translation>PROFILE</translation>
    </message>
    <message>
        <source>Packed policy</source>
        <translation>Gepackt</translation>
    </message>
    <message>
        <source>Packed size {n} % the last time. It counts policies and tags together.</source>
        <translation>Gepackte Größe zuletzt {n} %. Richtlinien und Tags zählen zusammen.</translation>
    </message>
    <message>
        <source>Packed size {n} % the last time: almost full.</source>
        <translation>Gepackte Größe zuletzt {n} %: fast voll.</translation>
    </message>
    <message>
        <source>Packed size {n} % the last time: it gets full.</source>
        <translation>Gepackte Größe zuletzt {n} %: Es wird eng.</translation>
    </message>
    <message>
        <source>Packed size {n} %: AWS refuses more than 100 %.</source>
        <translation>Gepackte Größe {n} %: Mehr als 100 % lehnt AWS ab.</translation>
    </message>
    <message>
        <source>Page from {host}. {manner}.</source>
        <translation>Seite von {host}. {manner}.</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste a response…</source>
        <translation>Antwort einfügen…</translation>
    </message>
    <message>
        <source>Paste any AWS error, encoded message and all</source>
        <translation>Beliebigen AWS-Fehler einfügen, samt verschlüsselter Meldung</translation>
    </message>
    <message>
        <source>Paste it here (Ctrl+V), or drop a file</source>
        <translation>Hier einfügen (Strg+V) oder eine Datei ablegen</translation>
    </message>
    <message>
        <source>Paste or drop a response</source>
        <translation>Antwort einfügen oder ablegen</translation>
    </message>
    <message>
        <source>Paste the provider's answer</source>
        <translation>Antwort des Anbieters einfügen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pin to account {account}</source>
        <translation>An Konto {account} binden</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Plus and minus zoom, left and right move through time, Home returns to now, Enter shows the role.</source>
        <translation>Plus und Minus vergrößern und verkleinern, links und rechts bewegen durch die Zeit, Pos1 kehrt zum Jetzt zurück, Enter zeigt die Rolle.</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Policy: {n} of {most} characters</source>
        <translation>Richtlinie: {n} von {most} Zeichen</translation>
    </message>
    <message>
        <source>Pretty</source>
        <translation>Formatieren</translation>
    </message>
    <message>
        <source>Principals</source>
        <translation>Prinzipale</translation>
    </message>
    <message>
        <source>Printing is not possible here.</source>
        <translation>Drucken ist hier nicht möglich.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Profile {name}</source>
        <translation>Profil {name}</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Provider ARN</source>
        <translation>Anbieter-ARN</translation>
    </message>
    <message>
        <source>Provider ID</source>
        <translation>Anbieter-ID</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Bereitgestellt</translation>
    </message>
    <message>
        <source>Published in</source>
        <translation>Bereitgestellt in</translation>
    </message>
    <message>
        <source>Put the access keys of {names} into the keyring</source>
        <translation>Die Zugriffsschlüssel von {names} in den Schlüsselbund legen</translation>
    </message>
    <message>
        <source>QR picture of the link</source>
        <translation>QR-Bild des Links</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Rolecall beenden</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>Auslesen</translation>
    </message>
    <message>
        <source>Read-only twin</source>
        <translation>Nur-Lese-Zwilling</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Refresh all</source>
        <translation>Alle erneuern</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>Jetzt erneuern</translation>
    </message>
    <message numerus="yes">
        <source>Refresh {n} roles</source>
        <translation>
            <numerusform>{n} Rolle erneuern</numerusform>
            <numerusform>{n} Rollen erneuern</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing</source>
        <translation>Wird erneuert</translation>
    </message>
    <message>
        <source>Refreshing now</source>
        <translation>Wird erneuert</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Regional</source>
        <translation>Regional</translation>
    </message>
    <message>
        <source>Remembered</source>
        <translation>Gemerkt</translation>
    </message>
    <message>
        <source>Remove managed policy {n}</source>
        <translation>Verwaltete Richtlinie {n} entfernen</translation>
    </message>
    <message>
        <source>Remove tag {n}</source>
        <translation>Tag {n} entfernen</translation>
    </message>
    <message>
        <source>Remove this policy</source>
        <translation>Diese Richtlinie entfernen</translation>
    </message>
    <message>
        <source>Remove this tag</source>
        <translation>Diesen Tag entfernen</translation>
    </message>
    <message>
        <source>Renew by itself</source>
        <translation>Von selbst erneuern</translation>
    </message>
    <message>
        <source>Renew everything that lives, with at most one code for each device and one sign-in for each provider.</source>
        <translation>Alles Laufende erneuern, mit höchstens einem Code je Gerät und einer Anmeldung je Anbieter.</translation>
    </message>
    <message>
        <source>Renew everything, with at most one code for each device and one sign-in for each provider</source>
        <translation>Alles erneuern, mit höchstens einem Code je Gerät und einer Anmeldung je Anbieter</translation>
    </message>
    <message>
        <source>Renewal failing</source>
        <translation>Erneuern misslingt</translation>
    </message>
    <message>
        <source>Renewed</source>
        <translation>Erneuert</translation>
    </message>
    <message>
        <source>Renews by itself</source>
        <translation>Erneuert sich von selbst</translation>
    </message>
    <message>
        <source>Renews now</source>
        <translation>Erneuert sich jetzt</translation>
    </message>
    <message>
        <source>Renews once you have answered</source>
        <translation>Erneuert sich nach der Antwort</translation>
    </message>
    <message>
        <source>Renews {time}</source>
        <translation>Erneuert sich {time}</translation>
    </message>
    <message>
        <source>Replace [{name}]?</source>
        <translation>[{name}] ersetzen?</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Request ID</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Requests to STS</source>
        <translation>Anfragen an STS</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>Ressource</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressourcen</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Retry after</source>
        <translation>Wiederholen nach</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Role ARN</source>
        <translation>Rollen-ARN</translation>
    </message>
    <message>
        <source>Role {name}, account {account}</source>
        <translation>Rolle {name}, Konto {account}</translation>
    </message>
    <message>
        <source>Rolecall</source>
        <translation>Rolecall</translation>
    </message>
    <message>
        <source>Rolecall itself</source>
        <translation>Rolecall selbst</translation>
    </message>
    <message>
        <source>Rolecall profiles (*.toml)</source>
        <translation>Rolecall-Profile (*.toml)</translation>
    </message>
    <message>
        <source>Rolecall stays in the tray</source>
        <translation>Rolecall bleibt im Infobereich</translation>
    </message>
    <message>
        <source>Rolecall — demo</source>
        <translation>Rolecall — Demo</translation>
    </message>
    <message>
        <source>Rolecall: menu of the application</source>
        <translation>Rolecall: Menü der Anwendung</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Roles assumed from this one get the tag too, and cannot change it.</source>
        <translation>Von dieser Rolle aus angenommene Rollen erhalten den Tag ebenfalls und können ihn nicht ändern.</translation>
    </message>
    <message>
        <source>Roles can be moved while the list is sorted by group and shows all.</source>
        <translation>Rollen lassen sich verschieben, solange die Liste nach Gruppen sortiert ist und alle zeigt.</translation>
    </message>
    <message>
        <source>Roles from {name}, IAM user, {key}</source>
        <translation>Rollen von {name}, IAM-Benutzer, {key}</translation>
    </message>
    <message>
        <source>Roles from {name}, {kind}</source>
        <translation>Rollen von {name}, {kind}</translation>
    </message>
    <message>
        <source>Roles imported before are different there now; they change here only if you tick them.</source>
        <translation>Schon importierte Rollen sind dort jetzt anders; hier ändern sich nur angehakte.</translation>
    </message>
    <message>
        <source>Roles of the AWS config file</source>
        <translation>Rollen der AWS-Konfigurationsdatei</translation>
    </message>
    <message>
        <source>Roles offered</source>
        <translation>Angebotene Rollen</translation>
    </message>
    <message>
        <source>Roles that were refused</source>
        <translation>Abgelehnte Rollen</translation>
    </message>
    <message>
        <source>Roles to export</source>
        <translation>Zu exportierende Rollen</translation>
    </message>
    <message>
        <source>Role…</source>
        <translation>Rolle…</translation>
    </message>
    <message>
        <source>Ruled out</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run this command</source>
        <translation>Diesen Befehl ausführen</translation>
    </message>
    <message>
        <source>Run without a shell; prints six digits. You are asked once before it runs.</source>
        <translation>Wird ohne Shell ausgeführt und gibt sechs Ziffern aus. Vor dem ersten Mal wird gefragt.</translation>
    </message>
    <message>
        <source>Run without a shell; prints {what}. You are asked once before it runs.</source>
        <translation>Wird ohne Shell ausgeführt und gibt {what} aus. Vor dem ersten Mal wird gefragt.</translation>
    </message>
    <message>
        <source>SAML</source>
        <translation>SAML</translation>
    </message>
    <message>
        <source>SAML provider</source>
        <translation>SAML-Anbieter</translation>
    </message>
    <message>
        <source>SAML provider…</source>
        <translation>SAML-Anbieter…</translation>
    </message>
    <message>
        <source>SAML response</source>
        <translation>SAML-Antwort</translation>
    </message>
    <message>
        <source>SAMLResponse=… — or drop a file here</source>
        <translation>SAMLResponse=… — oder hier eine Datei ablegen</translation>
    </message>
    <message>
        <source>SAML…</source>
        <translation>SAML…</translation>
    </message>
    <message>
        <source>SOURCES</source>
        <translation>QUELLEN</translation>
    </message>
    <message>
        <source>STS endpoints</source>
        <translation>STS-Endpunkte</translation>
    </message>
    <message>
        <source>Sample roles on this machine. No account is needed, none is touched.</source>
        <translation>Beispielrollen auf diesem Rechner. Kein Konto wird gebraucht, keines berührt.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the changes to {name}?</source>
        <translation>Änderungen an {name} speichern?</translation>
    </message>
    <message>
        <source>Save what you typed?</source>
        <translation>Eingaben speichern?</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Scan the picture with your phone, or type the code on any device.</source>
        <translation>Das Bild mit dem Telefon scannen oder den Code auf einem beliebigen Gerät eingeben.</translation>
    </message>
    <message>
        <source>Scopes</source>
        <translation>Scopes</translation>
    </message>
    <message>
        <source>Search roles</source>
        <translation>Rollen suchen</translation>
    </message>
    <message>
        <source>Search roles to export</source>
        <translation>Zu exportierende Rollen suchen</translation>
    </message>
    <message>
        <source>Search roles, accounts, profiles</source>
        <translation>Rollen, Konten, Profile suchen</translation>
    </message>
    <message>
        <source>Search roles, accounts, regions</source>
        <translation>Rollen, Konten, Regionen suchen</translation>
    </message>
    <message>
        <source>Search the list</source>
        <translation>Liste durchsuchen</translation>
    </message>
    <message>
        <source>Search the list; or just type</source>
        <translation>Liste durchsuchen; oder einfach tippen</translation>
    </message>
    <message>
        <source>Search the roles offered</source>
        <translation>Angebotene Rollen durchsuchen</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Geheimer Schlüssel</translation>
    </message>
    <message>
        <source>Secrets stay in memory now, until you quit.</source>
        <translation>Geheimnisse bleiben nun bis zum Beenden im Speicher.</translation>
    </message>
    <message>
        <source>Security keys and passkeys do not work in this window. Choose another method, or “Use another way”.</source>
        <translation>Sicherheitsschlüssel und Passkeys arbeiten in diesem Fenster nicht. Ein anderes Verfahren wählen oder „Anderer Weg“.</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Select all roles of the list</source>
        <translation>Alle Rollen der Liste auswählen</translation>
    </message>
    <message>
        <source>Select more roles; keys and buttons then mean all of them</source>
        <translation>Mehr Rollen auswählen; Tasten und Schaltflächen meinen dann alle</translation>
    </message>
    <message>
        <source>Select one only</source>
        <translation>Genau eine auswählen</translation>
    </message>
    <message>
        <source>Select this role too, or leave it out; go with Ctrl and the arrows</source>
        <translation>Diese Rolle auch auswählen oder auslassen; mit Strg und den Pfeilen gehen</translation>
    </message>
    <message>
        <source>Selected roles</source>
        <translation>Ausgewählte Rollen</translation>
    </message>
    <message>
        <source>Separated by blanks. “openid” is always asked for.</source>
        <translation>Durch Leerzeichen getrennt. „openid“ wird immer verlangt.</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Session name</source>
        <translation>Sitzungsname</translation>
    </message>
    <message>
        <source>Session policy, as JSON</source>
        <translation>Sitzungsrichtlinie als JSON</translation>
    </message>
    <message>
        <source>Session tags</source>
        <translation>Sitzungs-Tags</translation>
    </message>
    <message>
        <source>Sessions go on renewing. Quit from the menu of this icon.</source>
        <translation>Sitzungen erneuern sich weiter. Beenden lässt sich Rolecall im Menü dieses Symbols.</translation>
    </message>
    <message>
        <source>Set it aside</source>
        <translation>Beiseitelegen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>Einstellungsdatei</translation>
    </message>
    <message>
        <source>Share roles</source>
        <translation>Rollen weitergeben</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Show activity</source>
        <translation>Verlauf anzeigen</translation>
    </message>
    <message>
        <source>Show all roles</source>
        <translation>Alle Rollen anzeigen</translation>
    </message>
    <message>
        <source>Show deadlines</source>
        <translation>Fristen anzeigen</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten anzeigen</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles anzeigen</translation>
    </message>
    <message>
        <source>Show group {name}</source>
        <translation>Gruppe {name} anzeigen</translation>
    </message>
    <message>
        <source>Show in roles</source>
        <translation>In den Rollen anzeigen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Show its roles</source>
        <translation>Zugehörige Rollen anzeigen</translation>
    </message>
    <message>
        <source>Show roles</source>
        <translation>Rollen anzeigen</translation>
    </message>
    <message>
        <source>Show the code</source>
        <translation>Code anzeigen</translation>
    </message>
    <message>
        <source>Show the deadlines</source>
        <translation>Fristen anzeigen</translation>
    </message>
    <message>
        <source>Show the provider</source>
        <translation>Anbieter anzeigen</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Fenster anzeigen</translation>
    </message>
    <message>
        <source>Show window</source>
        <translation>Fenster anzeigen</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>{name} anzeigen</translation>
    </message>
    <message>
        <source>Show {what}</source>
        <translation>{what} anzeigen</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Angezeigt</translation>
    </message>
    <message>
        <source>Shown once the source and the role are known.</source>
        <translation>Erscheint, sobald Quelle und Rolle bekannt sind.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Sign in by</source>
        <translation>Anmelden per</translation>
    </message>
    <message>
        <source>Sign in now</source>
        <translation>Jetzt anmelden</translation>
    </message>
    <message>
        <source>Sign in to {name}</source>
        <translation>Bei {name} anmelden</translation>
    </message>
    <message>
        <source>Sign in to {name} in your browser with its developer tools open. Under Network, find the request to AWS's /saml and copy its SAMLResponse, or the whole form.</source>
        <translation>Im Browser bei geöffneten Entwicklerwerkzeugen bei {name} anmelden. Unter „Netzwerk“ die Anfrage an /saml von AWS suchen und deren SAMLResponse kopieren oder das ganze Formular.</translation>
    </message>
    <message>
        <source>Sign in to {name} — Rolecall</source>
        <translation>Bei {name} anmelden — Rolecall</translation>
    </message>
    <message>
        <source>Sign in to {name}…</source>
        <translation>Bei {name} anmelden…</translation>
    </message>
    <message>
        <source>Sign in to {source}, for {name} and {n} more.</source>
        <translation>Bei {source} anmelden, für {name} und {n} weitere.</translation>
    </message>
    <message>
        <source>Sign in to {source}, for {name}.</source>
        <translation>Bei {source} anmelden, für {name}.</translation>
    </message>
    <message>
        <source>Sign in to {source}.</source>
        <translation>Bei {source} anmelden.</translation>
    </message>
    <message>
        <source>Sign in with it</source>
        <translation>Damit anmelden</translation>
    </message>
    <message>
        <source>Sign in with your company account through SAML or OpenID Connect.</source>
        <translation>Mit dem Firmenkonto über SAML oder OpenID Connect anmelden.</translation>
    </message>
    <message>
        <source>Sign in {time}</source>
        <translation>Anmeldung {time}</translation>
    </message>
    <message>
        <source>Sign in, and the roles of your {proof} appear here.</source>
        <translation>Nach der Anmeldung stehen hier die angebotenen Rollen ({proof}).</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Sign out: what is kept of the sign-in is removed. Sessions go on.</source>
        <translation>Abmelden: Was von der Anmeldung aufbewahrt ist, wird entfernt. Sitzungen laufen weiter.</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Sign-in URL copied. Valid 15 min, cleared from the clipboard in 60 s.</source>
        <translation>Anmelde-URL kopiert. Gilt 15 min, wird in 60 s aus der Zwischenablage gelöscht.</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>Anmeldung fehlgeschlagen</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Signiert von</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Signed in as {subject}</source>
        <translation>Angemeldet als {subject}</translation>
    </message>
    <message>
        <source>Signed in until {time}</source>
        <translation>Angemeldet bis {time}</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Anmeldung läuft</translation>
    </message>
    <message>
        <source>Signing out</source>
        <translation>Abmeldung läuft</translation>
    </message>
    <message>
        <source>Signs in by itself</source>
        <translation>Ohne Eingriff</translation>
    </message>
    <message>
        <source>Six-digit code</source>
        <translation>Sechsstelliger Code</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Some providers refuse windows like this one. Then open the login page in your own browser with its developer tools, sign in, and in their list of requests find the one named “saml”. Copy its form data, or just the value of SAMLResponse, and paste it here within five minutes.</source>
        <translation>Manche Anbieter lehnen Fenster wie dieses ab. Dann die Anmeldeseite im eigenen Browser bei geöffneten Entwicklerwerkzeugen öffnen, anmelden und in der Liste der Anfragen die namens „saml“ suchen. Deren Formulardaten oder nur den Wert von SAMLResponse kopieren und binnen fünf Minuten hier einfügen.</translation>
    </message>
    <message>
        <source>Something else keeps it fresh; it is read whenever a session is due.</source>
        <translation>Etwas anderes hält es frisch; es wird gelesen, sooft eine Sitzung ansteht.</translation>
    </message>
    <message>
        <source>Something went wrong inside Rolecall</source>
        <translation>In Rolecall selbst ging etwas schief</translation>
    </message>
    <message>
        <source>Something went wrong inside Rolecall itself ({kind}). The details are in the log.</source>
        <translation>In Rolecall selbst ging etwas schief ({kind}). Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Source identity</source>
        <translation>Quellidentität</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Start with the session</source>
        <translation>Mit der Sitzung starten</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Starting, console and quitting</source>
        <translation>Start, Konsole und Beenden</translation>
    </message>
    <message>
        <source>Statements that decided</source>
        <translation>Ausschlaggebende Anweisungen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Angemeldet bleiben</translation>
    </message>
    <message>
        <source>Still needed: {names}</source>
        <translation>Noch nötig: {names}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Stop all</source>
        <translation>Alle beenden</translation>
    </message>
    <message numerus="yes">
        <source>Stop {n} roles</source>
        <translation>
            <numerusform>{n} Rolle beenden</numerusform>
            <numerusform>{n} Rollen beenden</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Store the TOTP secret, never ask again…</source>
        <translation>TOTP-Geheimnis ablegen, nie wieder fragen…</translation>
    </message>
    <message>
        <source>System browser</source>
        <translation>Systembrowser</translation>
    </message>
    <message>
        <source>TOTP secret</source>
        <translation>TOTP-Geheimnis</translation>
    </message>
    <message>
        <source>Tag {n} is transitive</source>
        <translation>Tag {n} ist transitiv</translation>
    </message>
    <message>
        <source>Take out blanks and line breaks, which count too</source>
        <translation>Leerzeichen und Zeilenumbrüche entfernen, die auch mitzählen</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Take over roles that a colleague has exported</source>
        <translation>Von anderen exportierte Rollen übernehmen</translation>
    </message>
    <message>
        <source>Take over {n}</source>
        <translation>{n} übernehmen</translation>
    </message>
    <message numerus="yes">
        <source>Take over {n} entries</source>
        <translation>
            <numerusform>{n} Eintrag übernehmen</numerusform>
            <numerusform>{n} Einträge übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the pin out</source>
        <translation>Nicht mehr anheften</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Türkis</translation>
    </message>
    <message>
        <source>Tells the account and kind of a key, where it stands on this machine, and what is wrong in the files.</source>
        <translation>Nennt Konto und Art eines Schlüssels, wo er auf diesem Rechner steht und was an den Dateien nicht stimmt.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>That is no file.</source>
        <translation>Das ist keine Datei.</translation>
    </message>
    <message>
        <source>The chosen role</source>
        <translation>Die gewählte Rolle</translation>
    </message>
    <message>
        <source>The claim of the ID token that sessions are named after.</source>
        <translation>Der Claim des ID-Tokens, nach dem Sitzungen benannt werden.</translation>
    </message>
    <message>
        <source>The code of this moment has been used.</source>
        <translation>Der momentane Code ist schon verbraucht.</translation>
    </message>
    <message>
        <source>The command that signs in to {name} is run again.</source>
        <translation>Der Befehl zur Anmeldung bei {name} wird erneut ausgeführt.</translation>
    </message>
    <message>
        <source>The command, one argument in each line</source>
        <translation>Der Befehl, ein Argument je Zeile</translation>
    </message>
    <message>
        <source>The credentials file already has a section [{name}] that Rolecall did not write. It can be set aside in the same file, under the name [{aside}], and comes back when you stop this profile.</source>
        <translation>In der Anmeldedaten-Datei steht schon ein Abschnitt [{name}], der nicht von Rolecall ist. Er lässt sich in derselben Datei unter dem Namen [{aside}] beiseitelegen und kehrt zurück, wenn dieses Profil beendet wird.</translation>
    </message>
    <message>
        <source>The encoded part is found wherever it stands, and decoded by AWS with one of your live sessions.</source>
        <translation>Der verschlüsselte Teil wird gefunden, wo immer er steht, und von AWS mit einer der laufenden Sitzungen entschlüsselt.</translation>
    </message>
    <message>
        <source>The federated user {name} in account {account}</source>
        <translation>Der föderierte Benutzer {name} in Konto {account}</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}.</source>
        <translation>Die Datei lässt sich nicht lesen: {why}.</translation>
    </message>
    <message>
        <source>The file is too large to be a SAML response.</source>
        <translation>Die Datei ist zu groß für eine SAML-Antwort.</translation>
    </message>
    <message>
        <source>The file stays as it is.</source>
        <translation>Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>The file stays as it is. AWS tools would go on using its own profiles of these names, so the roles are published under others.</source>
        <translation>Die Datei bleibt, wie sie ist. AWS-Werkzeuge würden bei diesen Namen weiter die Profile der Datei nehmen; darum werden die Rollen unter anderen bereitgestellt.</translation>
    </message>
    <message>
        <source>The first of them works until {time}.</source>
        <translation>Die erste von ihnen reicht bis {time}.</translation>
    </message>
    <message>
        <source>The last assertion names no role that could be read. An encrypted one can be read by AWS alone.</source>
        <translation>Die letzte Assertion nennt keine lesbare Rolle. Eine verschlüsselte kann nur AWS lesen.</translation>
    </message>
    <message numerus="yes">
        <source>The last {n} requests to STS, newest first</source>
        <translation>
            <numerusform>Die letzte Anfrage an STS</numerusform>
            <numerusform>Die letzten {n} Anfragen an STS, neueste zuerst</numerusform>
        </translation>
    </message>
    <message>
        <source>The next answer will be asked for in a moment.</source>
        <translation>Die nächste Antwort wird gleich erbeten.</translation>
    </message>
    <message>
        <source>The next one is valid in {n} s.</source>
        <translation>Der nächste gilt in {n} s.</translation>
    </message>
    <message>
        <source>The page asked for files. It was refused.</source>
        <translation>Die Seite verlangte Dateien. Das wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The page asked for more than a sign-in needs ({what}). It was refused.</source>
        <translation>Die Seite verlangte mehr, als eine Anmeldung braucht ({what}). Das wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The page asked to see the screen. It was refused.</source>
        <translation>Die Seite wollte den Bildschirm sehen. Das wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The page tried to download a file. It was refused.</source>
        <translation>Die Seite wollte eine Datei herunterladen. Das wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The page tried to open another program ({scheme}:). It was refused.</source>
        <translation>Die Seite wollte ein anderes Programm öffnen ({scheme}:). Das wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The page tried to open another window.</source>
        <translation>Die Seite wollte ein weiteres Fenster öffnen.</translation>
    </message>
    <message>
        <source>The page tried to reach AWS by itself. Nothing was sent.</source>
        <translation>Die Seite wollte von sich aus zu AWS. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>The page went to AWS in a way that cannot be read here. Nothing was sent.</source>
        <translation>Die Seite ging auf einem Weg zu AWS, der sich hier nicht lesen lässt. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>The provider asks for a client certificate, which is not offered here.</source>
        <translation>Der Anbieter verlangt ein Client-Zertifikat, das es hier nicht gibt.</translation>
    </message>
    <message>
        <source>The provider put its answer into an address, which AWS does not take. Nothing was sent.</source>
        <translation>Der Anbieter schrieb seine Antwort in eine Adresse, was AWS nicht annimmt. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>The root user of account {account}</source>
        <translation>Der Root-Benutzer von Konto {account}</translation>
    </message>
    <message>
        <source>The same here</source>
        <translation>Hier ebenso</translation>
    </message>
    <message>
        <source>The secret half of the access key is needed.</source>
        <translation>Die geheime Hälfte des Zugriffsschlüssels fehlt.</translation>
    </message>
    <message>
        <source>The secret of the MFA device is needed.</source>
        <translation>Das Geheimnis des MFA-Geräts fehlt.</translation>
    </message>
    <message>
        <source>The token file of {name} is read again.</source>
        <translation>Die Token-Datei von {name} wird erneut gelesen.</translation>
    </message>
    <message>
        <source>The user {name} in account {account}</source>
        <translation>Der Benutzer {name} in Konto {account}</translation>
    </message>
    <message>
        <source>The window has this size from its next start on.</source>
        <translation>Das Fenster hat diese Größe ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>The window speaks it from its next start on.</source>
        <translation>Das Fenster spricht sie ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation>Design des Systems</translation>
    </message>
    <message>
        <source>There are no credentials.</source>
        <translation>Es gibt keine Anmeldedaten.</translation>
    </message>
    <message>
        <source>There is already a profile of this name.</source>
        <translation>Ein Profil dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is already a provider of this name.</source>
        <translation>Einen Anbieter dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is already an IAM user of this name.</source>
        <translation>Einen IAM-Benutzer dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is no SAML or OIDC provider yet.</source>
        <translation>Es gibt noch keinen SAML- oder OIDC-Anbieter.</translation>
    </message>
    <message>
        <source>There is no new role in {path}.</source>
        <translation>In {path} steht keine neue Rolle.</translation>
    </message>
    <message>
        <source>There is no role in {path} that can be imported.</source>
        <translation>In {path} steht keine importierbare Rolle.</translation>
    </message>
    <message>
        <source>There is nothing in this file.</source>
        <translation>In dieser Datei steht nichts.</translation>
    </message>
    <message>
        <source>There is nothing to renew.</source>
        <translation>Es gibt nichts zu erneuern.</translation>
    </message>
    <message>
        <source>They take {n} codes, one after the other: AWS takes each code once.</source>
        <translation>Dafür sind {n} Codes nötig, einer nach dem anderen: AWS nimmt jeden Code nur einmal.</translation>
    </message>
    <message>
        <source>This code has expired.</source>
        <translation>Dieser Code ist abgelaufen.</translation>
    </message>
    <message>
        <source>This key stands twice; AWS compares keys without regard to case.</source>
        <translation>Dieser Schlüssel steht zweimal da; AWS unterscheidet keine Groß- und Kleinschreibung.</translation>
    </message>
    <message>
        <source>This profile is guarded. Type its name, or hold the button.</source>
        <translation>Dieses Profil ist geschützt. Seinen Namen eingeben oder die Schaltfläche halten.</translation>
    </message>
    <message>
        <source>Three ways to begin.</source>
        <translation>Drei Wege, anzufangen.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Token URL</source>
        <translation>Token-URL</translation>
    </message>
    <message>
        <source>Token file</source>
        <translation>Token-Datei</translation>
    </message>
    <message>
        <source>Tokens of the global endpoint are refused in regions that have to be opted in to.</source>
        <translation>Token des globalen Endpunkts werden in Regionen abgelehnt, die erst freizuschalten sind.</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauerte</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Top up everything</source>
        <translation>Alles auffrischen</translation>
    </message>
    <message>
        <source>Top up everything now</source>
        <translation>Jetzt alles auffrischen</translation>
    </message>
    <message>
        <source>Topping up…</source>
        <translation>Wird aufgefrischt…</translation>
    </message>
    <message>
        <source>Transitive</source>
        <translation>Transitiv</translation>
    </message>
    <message>
        <source>Tried again at {time}.</source>
        <translation>Neuer Versuch um {time}.</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Try again. If it happens again, please report it with the log.</source>
        <translation>Erneut versuchen. Geschieht es wieder, bitte mit dem Protokoll melden.</translation>
    </message>
    <message>
        <source>Try with a local stand-in AWS</source>
        <translation>Mit einem lokalen AWS-Nachbau ausprobieren</translation>
    </message>
    <message>
        <source>Two ways to begin.</source>
        <translation>Zwei Wege, anzufangen.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Type it at</source>
        <translation>Einzugeben unter</translation>
    </message>
    <message>
        <source>Type nothing secret here</source>
        <translation>Hier nichts Geheimes eingeben</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>Unbestätigt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo what was deleted, while that is offered</source>
        <translation>Löschen rückgängig machen, solange es angeboten wird</translation>
    </message>
    <message>
        <source>Use another way</source>
        <translation>Anderer Weg</translation>
    </message>
    <message>
        <source>User ID</source>
        <translation>Benutzer-ID</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>Valid: {owner}</source>
        <translation>Gültig: {owner}</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Value of tag {n}</source>
        <translation>Wert von Tag {n}</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>WRONG</source>
        <translation>FALSCH</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Wartet auf Sie</translation>
    </message>
    <message>
        <source>Waits for its code</source>
        <translation>Wartet auf seinen Code</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>What has a lease is not renewed.</source>
        <translation>Was eine Leihfrist hat, wird nicht erneuert.</translation>
    </message>
    <message>
        <source>What is live keeps working until {time}.</source>
        <translation>Was läuft, gilt weiter bis {time}.</translation>
    </message>
    <message>
        <source>What is live renews by itself.</source>
        <translation>Was läuft, erneuert sich von selbst.</translation>
    </message>
    <message>
        <source>What is obtained, renewed, refused or stopped stands here for 30 days. No secret is kept.</source>
        <translation>Was erhalten, erneuert, abgelehnt oder beendet wird, steht hier 30 Tage lang. Nichts Geheimes wird aufbewahrt.</translation>
    </message>
    <message>
        <source>What is wrong in the files of AWS tools</source>
        <translation>Was an den Dateien der AWS-Werkzeuge nicht stimmt</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Was darin steht</translation>
    </message>
    <message>
        <source>What stays here: secrets, sign-ins, MFA devices and IAM users.</source>
        <translation>Was hier bleibt: Geheimnisse, Anmeldungen, MFA-Geräte und IAM-Benutzer.</translation>
    </message>
    <message>
        <source>What stays here: secrets, sign-ins, MFA devices and IAM users. Whoever imports chooses one of theirs for {names}.</source>
        <translation>Was hier bleibt: Geheimnisse, Anmeldungen, MFA-Geräte und IAM-Benutzer. Beim Import wird für {names} eine eigene gewählt.</translation>
    </message>
    <message>
        <source>What the {proof} says</source>
        <translation>Inhalt: {proof}</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>Was gesendet wurde</translation>
    </message>
    <message>
        <source>What will be sent</source>
        <translation>Was gesendet wird</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>What you changed has not been saved.</source>
        <translation>Die Änderungen sind nicht gespeichert.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>When a session is about to end and needs you, and when a renewal has failed for good.</source>
        <translation>Wenn eine Sitzung zu enden droht und auf Sie wartet, und wenn eine Erneuerung endgültig misslungen ist.</translation>
    </message>
    <message>
        <source>When you log in. It waits in the tray, where there is one.</source>
        <translation>Beim Anmelden am Rechner. Es wartet im Infobereich, wo es einen gibt.</translation>
    </message>
    <message>
        <source>Where AWS tools look, in their order</source>
        <translation>Wo AWS-Werkzeuge suchen, in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>Where signing in to AWS begins. Rolecall knows the end by where the page posts to.</source>
        <translation>Wo die Anmeldung bei AWS beginnt. Ihr Ende erkennt Rolecall daran, wohin die Seite sendet.</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Who am I</source>
        <translation>Wer bin ich</translation>
    </message>
    <message>
        <source>Who holds it</source>
        <translation>Wer ihn hat</translation>
    </message>
    <message>
        <source>Who is asked about</source>
        <translation>Nach wem gefragt wird</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why denied</source>
        <translation>Warum verweigert</translation>
    </message>
    <message>
        <source>Why denied…</source>
        <translation>Warum verweigert…</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window of its own</source>
        <translation>Eigenes Fenster</translation>
    </message>
    <message>
        <source>With them goes what they start from: {names}.</source>
        <translation>Mit ihnen geht, wovon sie ausgehen: {names}.</translation>
    </message>
    <message>
        <source>Withdraw all credentials on quitting</source>
        <translation>Beim Beenden alle Anmeldedaten zurückziehen</translation>
    </message>
    <message>
        <source>Withdrawn so long after it was assumed, and not renewed.</source>
        <translation>Wird so lange nach dem Annehmen zurückgezogen und nicht erneuert.</translation>
    </message>
    <message>
        <source>Without MFA this session cannot call IAM.</source>
        <translation>Ohne MFA kann diese Sitzung IAM nicht aufrufen.</translation>
    </message>
    <message>
        <source>Without a group</source>
        <translation>Ohne Gruppe</translation>
    </message>
    <message>
        <source>Without a policy it may do nothing but what resources grant it by name. Policies are under More.</source>
        <translation>Ohne Richtlinie darf sie nur, was Ressourcen ihr namentlich gewähren. Richtlinien stehen unter „Mehr“.</translation>
    </message>
    <message>
        <source>Without them these roles have nothing to start from. The AWS credentials file stays as it is.</source>
        <translation>Ohne sie haben diese Rollen nichts, wovon sie ausgehen. Die AWS-Anmeldedaten-Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Worked before this change</source>
        <translation>Gelang vor dieser Änderung</translation>
    </message>
    <message>
        <source>Worked with these settings</source>
        <translation>Gelang mit diesen Einstellungen</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>Works for {time}</source>
        <translation>Gilt noch {time}</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>You are needed next at {time}, in {left}.</source>
        <translation>Der nächste Eingriff ist um {time} nötig, in {left}.</translation>
    </message>
    <message>
        <source>You copy the response from your browser's developer tools, each time.</source>
        <translation>Die Antwort wird jedes Mal aus den Entwicklerwerkzeugen des Browsers kopiert.</translation>
    </message>
    <message>
        <source>You see what it would change before anything does.</source>
        <translation>Vor jeder Änderung ist zu sehen, was sich ändern würde.</translation>
    </message>
    <message>
        <source>You type a code, or scan a picture; the provider has to offer the device grant.</source>
        <translation>Ein Code wird eingegeben oder ein Bild gescannt; der Anbieter muss die Geräteanmeldung (Device Grant) anbieten.</translation>
    </message>
    <message>
        <source>Your browser is open at {name}'s page</source>
        <translation>Der Browser zeigt die Seite von {name}</translation>
    </message>
    <message>
        <source>Your browser is open at {name}'s page. Finish there; this goes on by itself.</source>
        <translation>Der Browser zeigt die Seite von {name}. Dort abschließen; hier geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Your clock and AWS's differ by this; countdowns and signatures are corrected. Set your clock.</source>
        <translation>So weit gehen die eigene Uhr und die von AWS auseinander; Restzeiten und Signaturen sind berichtigt. Die Uhr sollte gestellt werden.</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>Der Code</translation>
    </message>
    <message>
        <source>[default] is special: every AWS tool that is not told a profile uses it. Until you stop, commands in other terminals and running scripts will act with this role.</source>
        <translation>[default] ist besonders: Jedes AWS-Werkzeug ohne Profilangabe verwendet es. Bis zum Beenden handeln Befehle in anderen Terminals und laufende Skripte mit dieser Rolle.</translation>
    </message>
    <message>
        <source>[{name}] in the credentials file</source>
        <translation>[{name}] in der Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>add</source>
        <translation>hinzufügen</translation>
    </message>
    <message>
        <source>add create profile</source>
        <translation>hinzufügen anlegen Profil</translation>
    </message>
    <message>
        <source>add identity</source>
        <translation>Identität hinzufügen</translation>
    </message>
    <message>
        <source>after renewal</source>
        <translation>nach der Erneuerung</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>und {n} weitere</numerusform>
            <numerusform>und {n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>appearance night</source>
        <translation>Darstellung Nacht</translation>
    </message>
    <message>
        <source>as HTTPS_PROXY says</source>
        <translation>wie HTTPS_PROXY sagt</translation>
    </message>
    <message>
        <source>asking AWS</source>
        <translation>fragt AWS</translation>
    </message>
    <message>
        <source>asking AWS, {n} s</source>
        <translation>fragt AWS, {n} s</translation>
    </message>
    <message>
        <source>asks first</source>
        <translation>fragt vorher</translation>
    </message>
    <message>
        <source>assertion</source>
        <translation>Assertion</translation>
    </message>
    <message>
        <source>before the time runs out</source>
        <translation>bevor die Zeit abläuft</translation>
    </message>
    <message>
        <source>by you</source>
        <translation>durch Sie</translation>
    </message>
    <message>
        <source>calls to STS curl</source>
        <translation>Aufrufe an STS curl</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>angehakt</translation>
    </message>
    <message>
        <source>checked before publishing</source>
        <translation>vor dem Bereitstellen geprüft</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>colleague share</source>
        <translation>Kollegin Kollege teilen weitergeben</translation>
    </message>
    <message>
        <source>confirm a command…</source>
        <translation>Befehl bestätigen…</translation>
    </message>
    <message>
        <source>credential_process only</source>
        <translation>nur credential_process</translation>
    </message>
    <message>
        <source>ddd MMM d</source>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>ddd d</source>
        <translation>ddd d.</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>decoded JSON</source>
        <translation>entschlüsseltes JSON</translation>
    </message>
    <message>
        <source>empty keeps what is stored, if anything is</source>
        <translation>leer behält, was abgelegt ist</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>geendet</translation>
    </message>
    <message>
        <source>ended {time}</source>
        <translation>geendet {time}</translation>
    </message>
    <message>
        <source>ends {time}</source>
        <translation>endet {time}</translation>
    </message>
    <message>
        <source>exit end</source>
        <translation>schließen Ende</translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>ausgeklappt</translation>
    </message>
    <message>
        <source>expiring or not renewed</source>
        <translation>läuft ab oder nicht erneuert</translation>
    </message>
    <message>
        <source>explain access denied</source>
        <translation>Zugriff verweigert erklären</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>from claim {claim}</source>
        <translation>aus Claim {claim}</translation>
    </message>
    <message>
        <source>help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>holds {n} characters</source>
        <translation>enthält {n} Zeichen</translation>
    </message>
    <message>
        <source>in credentials</source>
        <translation>in credentials</translation>
    </message>
    <message>
        <source>journal history</source>
        <translation>Journal Geschichte</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>lease ends {time}</source>
        <translation>Leihfrist endet {time}</translation>
    </message>
    <message>
        <source>lease {time}</source>
        <translation>Leihfrist {time}</translation>
    </message>
    <message>
        <source>leave empty to keep what the keyring has</source>
        <translation>leer lassen, um zu behalten, was im Schlüsselbund steht</translation>
    </message>
    <message>
        <source>left</source>
        <translation>übrig</translation>
    </message>
    <message>
        <source>needs a confirmation now</source>
        <translation>braucht jetzt eine Bestätigung</translation>
    </message>
    <message>
        <source>needs a confirmation {time}</source>
        <translation>braucht eine Bestätigung {time}</translation>
    </message>
    <message>
        <source>needs a sign-in now</source>
        <translation>braucht jetzt eine Anmeldung</translation>
    </message>
    <message>
        <source>needs a sign-in {time}</source>
        <translation>braucht eine Anmeldung {time}</translation>
    </message>
    <message>
        <source>needs an MFA code now</source>
        <translation>braucht jetzt einen MFA-Code</translation>
    </message>
    <message>
        <source>needs an MFA code {time}</source>
        <translation>braucht einen MFA-Code {time}</translation>
    </message>
    <message>
        <source>needs you now</source>
        <translation>wartet jetzt auf Sie</translation>
    </message>
    <message>
        <source>needs you {time}</source>
        <translation>wartet auf Sie {time}</translation>
    </message>
    <message>
        <source>new profile</source>
        <translation>neues Profil</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht angehakt</translation>
    </message>
    <message>
        <source>not in the file</source>
        <translation>nicht in der Datei</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>nicht bereitgestellt</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>nicht signiert</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>nothing there</source>
        <translation>nichts da</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>one in each line</source>
        <translation>je Zeile eines</translation>
    </message>
    <message>
        <source>only if the provider demands one</source>
        <translation>nur wenn der Anbieter eines verlangt</translation>
    </message>
    <message>
        <source>options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>or an IAM user…</source>
        <translation>oder ein IAM-Benutzer…</translation>
    </message>
    <message>
        <source>packed policy {n} %</source>
        <translation>gepackte Richtlinie {n} %</translation>
    </message>
    <message>
        <source>past</source>
        <translation>vergangen</translation>
    </message>
    <message>
        <source>pinned to {account}</source>
        <translation>an {account} gebunden</translation>
    </message>
    <message>
        <source>publish as {name}</source>
        <translation>bereitstellen als {name}</translation>
    </message>
    <message>
        <source>published as [{name}]</source>
        <translation>bereitgestellt als [{name}]</translation>
    </message>
    <message>
        <source>refreshing now</source>
        <translation>wird gerade erneuert</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>entfernen</translation>
    </message>
    <message>
        <source>renew</source>
        <translation>erneuern</translation>
    </message>
    <message>
        <source>renew everything</source>
        <translation>alles erneuern</translation>
    </message>
    <message>
        <source>renews {time}</source>
        <translation>erneuert sich {time}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>secret key, or otpauth:// URL</source>
        <translation>geheimer Schlüssel oder otpauth://-URL</translation>
    </message>
    <message>
        <source>share colleague</source>
        <translation>teilen weitergeben Kollegin Kollege</translation>
    </message>
    <message>
        <source>share colleague file</source>
        <translation>teilen weitergeben Kollegin Kollege Datei</translation>
    </message>
    <message>
        <source>signed by {key}</source>
        <translation>signiert von {key}</translation>
    </message>
    <message>
        <source>some checked</source>
        <translation>teilweise angehakt</translation>
    </message>
    <message>
        <source>start log in switch role</source>
        <translation>starten anmelden Rolle wechseln</translation>
    </message>
    <message>
        <source>such as email</source>
        <translation>etwa email</translation>
    </message>
    <message>
        <source>the SAML response</source>
        <translation>die SAML-Antwort</translation>
    </message>
    <message>
        <source>the login page's</source>
        <translation>die der Anmeldeseite</translation>
    </message>
    <message>
        <source>the program, then one argument in each line</source>
        <translation>das Programm, dann je Zeile ein Argument</translation>
    </message>
    <message>
        <source>the statement</source>
        <translation>die Anweisung</translation>
    </message>
    <message>
        <source>the system's certificates</source>
        <translation>die Zertifikate des Systems</translation>
    </message>
    <message>
        <source>the token</source>
        <translation>das Token</translation>
    </message>
    <message>
        <source>this machine is {n} s ahead of AWS</source>
        <translation>dieser Rechner geht gegenüber AWS {n} s vor</translation>
    </message>
    <message>
        <source>this machine is {n} s behind AWS</source>
        <translation>dieser Rechner geht gegenüber AWS {n} s nach</translation>
    </message>
    <message>
        <source>this profile</source>
        <translation>dieses Profil</translation>
    </message>
    <message>
        <source>this role</source>
        <translation>diese Rolle</translation>
    </message>
    <message>
        <source>type the name, or press and hold</source>
        <translation>Namen eingeben oder gedrückt halten</translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation>unter 1 min</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>ausgeklappt</translation>
    </message>
    <message>
        <source>until its session ends</source>
        <translation>bis ihre Sitzung endet</translation>
    </message>
    <message>
        <source>until somebody deletes it</source>
        <translation>bis ihn jemand löscht</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>bis {time}</translation>
    </message>
    <message>
        <source>use {account}</source>
        <translation>{account} verwenden</translation>
    </message>
    <message>
        <source>variables export shell</source>
        <translation>Variablen exportieren Shell</translation>
    </message>
    <message>
        <source>whoami caller identity</source>
        <translation>whoami Aufrufer Identität</translation>
    </message>
    <message>
        <source>withdraw end</source>
        <translation>zurückziehen Ende</translation>
    </message>
    <message>
        <source>withdraw everything</source>
        <translation>alles zurückziehen</translation>
    </message>
    <message>
        <source>without an ID</source>
        <translation>ohne ID</translation>
    </message>
    <message>
        <source>works, but waits for you</source>
        <translation>läuft, wartet aber auf Sie</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>xray access key owner</source>
        <translation>Röntgen Zugriffsschlüssel Eigentümer</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>{act} ({n})</source>
        <translation>{act} ({n})</translation>
    </message>
    <message>
        <source>{code}, no answer</source>
        <translation>{code}, keine Antwort</translation>
    </message>
    <message>
        <source>{command} will not run before you confirm it.</source>
        <translation>{command} wird erst nach einer Bestätigung ausgeführt.</translation>
    </message>
    <message>
        <source>{day}, {count}</source>
        <translation>{day}, {count}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day}, {time}</translation>
    </message>
    <message>
        <source>{done} Left as they are: {names}.</source>
        <translation>{done} Unverändert blieben: {names}.</translation>
    </message>
    <message>
        <source>{error} while the window was at work.</source>
        <translation>{error} bei der Arbeit des Fensters.</translation>
    </message>
    <message>
        <source>{host} says: {words}</source>
        <translation>{host} sagt: {words}</translation>
    </message>
    <message>
        <source>{host} was not opened: the connection would not be encrypted.</source>
        <translation>{host} wurde nicht geöffnet: Die Verbindung wäre nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} h {m} min</translation>
    </message>
    <message>
        <source>{key} is {kind}.</source>
        <translation>{key} ist {kind}.</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} min</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} und {n} weitere</translation>
    </message>
    <message numerus="yes">
        <source>{names} keep working until then.</source>
        <translation>
            <numerusform>{names} gilt bis dahin weiter.</numerusform>
            <numerusform>{names} gelten bis dahin weiter.</numerusform>
        </translation>
    </message>
    <message>
        <source>{names}.</source>
        <translation>{names}.</translation>
    </message>
    <message>
        <source>{name} ({n})</source>
        <translation>{name} ({n})</translation>
    </message>
    <message>
        <source>{name} ({what})</source>
        <translation>{name} ({what})</translation>
    </message>
    <message>
        <source>{name} ({what}) is not here. Start from:</source>
        <translation>{name} ({what}) gibt es hier nicht. Ausgehen von:</translation>
    </message>
    <message>
        <source>{name} ({why})</source>
        <translation>{name} ({why})</translation>
    </message>
    <message>
        <source>{name} copied.</source>
        <translation>{name} kopiert.</translation>
    </message>
    <message>
        <source>{name} deleted</source>
        <translation>{name} gelöscht</translation>
    </message>
    <message>
        <source>{name} deleted, with its secrets</source>
        <translation>{name} gelöscht, samt Geheimnissen</translation>
    </message>
    <message>
        <source>{name} deleted, with its sign-in</source>
        <translation>{name} gelöscht, samt Anmeldung</translation>
    </message>
    <message>
        <source>{name} ends in {time}</source>
        <translation>{name} endet in {time}</translation>
    </message>
    <message>
        <source>{name} failed</source>
        <translation>{name} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{name} gives you a code, to be typed on its page on any device.</source>
        <translation>{name} gibt einen Code aus, der auf der Seite dort einzugeben ist, auf einem beliebigen Gerät.</translation>
    </message>
    <message>
        <source>{name} has no credentials now. Assume it first.</source>
        <translation>{name} hat gerade keine Anmeldedaten. Erst annehmen.</translation>
    </message>
    <message>
        <source>{name} in account {account}, session “{session}”</source>
        <translation>{name} in Konto {account}, Sitzung „{session}“</translation>
    </message>
    <message>
        <source>{name} is back, without its credentials: they were withdrawn. Assume it again.</source>
        <translation>{name} ist wieder da, ohne die Anmeldedaten: Sie wurden zurückgezogen. Erneut annehmen.</translation>
    </message>
    <message>
        <source>{name} is back. Its secrets have to be entered anew.</source>
        <translation>{name} ist wieder da. Die Geheimnisse sind neu einzugeben.</translation>
    </message>
    <message>
        <source>{name} is not renewed and ends {time}.</source>
        <translation>{name} wird nicht erneuert und endet {time}.</translation>
    </message>
    <message>
        <source>{name} made: ReadOnlyAccess instead of the other's managed policies.</source>
        <translation>{name} angelegt: ReadOnlyAccess anstelle der verwalteten Richtlinien des Vorbilds.</translation>
    </message>
    <message>
        <source>{name} made: ReadOnlyAccess instead of the other's own policy.</source>
        <translation>{name} angelegt: ReadOnlyAccess anstelle der eigenen Richtlinie des Vorbilds.</translation>
    </message>
    <message>
        <source>{name} made: ReadOnlyAccess instead of the policy and managed policies of the other.</source>
        <translation>{name} angelegt: ReadOnlyAccess anstelle der eigenen und der verwalteten Richtlinien des Vorbilds.</translation>
    </message>
    <message>
        <source>{name} made: the same role, with ReadOnlyAccess.</source>
        <translation>{name} angelegt: dieselbe Rolle mit ReadOnlyAccess.</translation>
    </message>
    <message>
        <source>{name} moved</source>
        <translation>{name} verschoben</translation>
    </message>
    <message>
        <source>{name} moved out of its group</source>
        <translation>{name} aus der Gruppe genommen</translation>
    </message>
    <message>
        <source>{name} moved to {group}</source>
        <translation>{name} nach {group} verschoben</translation>
    </message>
    <message>
        <source>{name} waits for you to type its code on another device</source>
        <translation>{name} wartet auf den Code, der auf einem anderen Gerät einzugeben ist</translation>
    </message>
    <message>
        <source>{name} wants you to sign in.</source>
        <translation>{name} verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>{name} was left as it is: it is lent, or has to be confirmed.</source>
        <translation>{name} blieb unverändert: Es ist geliehen oder zu bestätigen.</translation>
    </message>
    <message>
        <source>{name} works without you for {time}.</source>
        <translation>{name} gilt noch {time} ohne Eingriff.</translation>
    </message>
    <message>
        <source>{name}'s login page is open in a window of its own</source>
        <translation>Die Anmeldeseite von {name} ist in einem eigenen Fenster offen</translation>
    </message>
    <message>
        <source>{name}'s login page is open in a window of its own. Finish there; this goes on by itself.</source>
        <translation>Die Anmeldeseite von {name} ist in einem eigenen Fenster offen. Dort abschließen; hier geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>{name}'s login page opens in your browser.</source>
        <translation>Die Anmeldeseite von {name} öffnet sich im Browser.</translation>
    </message>
    <message>
        <source>{name}, identity</source>
        <translation>{name}, Identität</translation>
    </message>
    <message>
        <source>{name}, live session</source>
        <translation>{name}, laufende Sitzung</translation>
    </message>
    <message>
        <source>{name}, {kind}</source>
        <translation>{name}, {kind}</translation>
    </message>
    <message>
        <source>{name}: failed, retry</source>
        <translation>{name}: fehlgeschlagen, erneut versuchen</translation>
    </message>
    <message>
        <source>{name}: sign in by {time}</source>
        <translation>{name}: anmelden bis {time}</translation>
    </message>
    <message>
        <source>{name}: {facts}</source>
        <translation>{name}: {facts}</translation>
    </message>
    <message>
        <source>{name}: {problem}</source>
        <translation>{name}: {problem}</translation>
    </message>
    <message>
        <source>{name}: {problem}.</source>
        <translation>{name}: {problem}.</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>{n} active</source>
        <translation>{n} aktiv</translation>
    </message>
    <message numerus="yes">
        <source>{n} cannot be imported</source>
        <translation>
            <numerusform>{n} lässt sich nicht importieren</numerusform>
            <numerusform>{n} lassen sich nicht importieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} changes taken over</source>
        <translation>
            <numerusform>{n} Änderung übernommen</numerusform>
            <numerusform>{n} Änderungen übernommen</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} characters</source>
        <translation>{n} Zeichen</translation>
    </message>
    <message>
        <source>{n} d ago</source>
        <translation>vor {n} d</translation>
    </message>
    <message numerus="yes">
        <source>{n} entries</source>
        <translation>
            <numerusform>{n} Eintrag</numerusform>
            <numerusform>{n} Einträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} entries copied</source>
        <translation>
            <numerusform>{n} Eintrag kopiert</numerusform>
            <numerusform>{n} Einträge kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} entries taken over</source>
        <translation>
            <numerusform>{n} Eintrag übernommen</numerusform>
            <numerusform>{n} Einträge übernommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} entries written to {path}</source>
        <translation>
            <numerusform>{n} Eintrag nach {path} geschrieben</numerusform>
            <numerusform>{n} Einträge nach {path} geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} failed</source>
        <translation>
            <numerusform>{n} fehlgeschlagen</numerusform>
            <numerusform>{n} fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} fields to correct: {names}</source>
        <translation>
            <numerusform>{n} Feld zu berichtigen: {names}</numerusform>
            <numerusform>{n} Felder zu berichtigen: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} found</source>
        <translation>
            <numerusform>{n} Treffer</numerusform>
            <numerusform>{n} Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>vor {n} h</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>vor {n} min</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} weitere</translation>
    </message>
    <message numerus="yes">
        <source>{n} more entries cannot be used.</source>
        <translation>
            <numerusform>{n} weiterer Eintrag ist unbrauchbar.</numerusform>
            <numerusform>{n} weitere Einträge sind unbrauchbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more failed.</source>
        <translation>
            <numerusform>{n} weitere fehlgeschlagen.</numerusform>
            <numerusform>{n} weitere fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more in the JSON</source>
        <translation>
            <numerusform>{n} weitere im JSON</numerusform>
            <numerusform>{n} weitere im JSON</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more in the copy</source>
        <translation>
            <numerusform>{n} weitere Zeile in der Kopie</numerusform>
            <numerusform>{n} weitere Zeilen in der Kopie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more: mend these first</source>
        <translation>
            <numerusform>{n} weiterer: erst diese beheben</numerusform>
            <numerusform>{n} weitere: erst diese beheben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more…</source>
        <translation>
            <numerusform>{n} weitere…</numerusform>
            <numerusform>{n} weitere…</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} ms</translation>
    </message>
    <message numerus="yes">
        <source>{n} need you</source>
        <translation>
            <numerusform>{n} wartet auf Sie</numerusform>
            <numerusform>{n} warten auf Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} of them work without you still, {name} ends first, in {time}.</source>
        <translation>{n} von ihnen gelten noch ohne Eingriff, {name} endet zuerst, in {time}.</translation>
    </message>
    <message>
        <source>{n} of {all} are live</source>
        <translation>{n} von {all} laufen</translation>
    </message>
    <message>
        <source>{n} of {most} characters</source>
        <translation>{n} von {most} Zeichen</translation>
    </message>
    <message>
        <source>{n} of {most} characters, {arns} of them in the policy ARNs</source>
        <translation>{n} von {most} Zeichen, {arns} davon in den Richtlinien-ARNs</translation>
    </message>
    <message>
        <source>{n} of {m} assumed</source>
        <translation>{n} von {m} angenommen</translation>
    </message>
    <message>
        <source>{n} of {m} chosen</source>
        <translation>{n} von {m} gewählt</translation>
    </message>
    <message numerus="yes">
        <source>{n} policies</source>
        <translation>
            <numerusform>{n} Richtlinie</numerusform>
            <numerusform>{n} Richtlinien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles</source>
        <translation>
            <numerusform>{n} Rolle</numerusform>
            <numerusform>{n} Rollen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles are about to end</source>
        <translation>
            <numerusform>{n} Rolle endet bald</numerusform>
            <numerusform>{n} Rollen enden bald</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles assumed.</source>
        <translation>
            <numerusform>{n} Rolle angenommen.</numerusform>
            <numerusform>{n} Rollen angenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles deleted</source>
        <translation>
            <numerusform>{n} Rolle gelöscht</numerusform>
            <numerusform>{n} Rollen gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles deleted.</source>
        <translation>
            <numerusform>{n} Rolle gelöscht.</numerusform>
            <numerusform>{n} Rollen gelöscht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles failed</source>
        <translation>
            <numerusform>{n} Rolle fehlgeschlagen</numerusform>
            <numerusform>{n} Rollen fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles imported</source>
        <translation>
            <numerusform>{n} Rolle importiert</numerusform>
            <numerusform>{n} Rollen importiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles refreshed.</source>
        <translation>
            <numerusform>{n} Rolle erneuert.</numerusform>
            <numerusform>{n} Rollen erneuert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles selected</source>
        <translation>
            <numerusform>{n} Rolle ausgewählt</numerusform>
            <numerusform>{n} Rollen ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles stopped.</source>
        <translation>
            <numerusform>{n} Rolle beendet.</numerusform>
            <numerusform>{n} Rollen beendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} roles that were active are back without their credentials: assume them again.</source>
        <translation>
            <numerusform>{n} aktive Rolle ist ohne ihre Anmeldedaten wieder da: erneut annehmen.</numerusform>
            <numerusform>{n} aktive Rollen sind ohne ihre Anmeldedaten wieder da: erneut annehmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message numerus="yes">
        <source>{n} sessions</source>
        <translation>
            <numerusform>{n} Sitzung</numerusform>
            <numerusform>{n} Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} sessions renewed.</source>
        <translation>
            <numerusform>{n} Sitzung erneuert.</numerusform>
            <numerusform>{n} Sitzungen erneuert.</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} sessions were left as they are: they are lent, or have to be confirmed.</source>
        <translation>{n} Sitzungen blieben unverändert: Sie sind geliehen oder zu bestätigen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} sources</source>
        <translation>
            <numerusform>{n} Quelle</numerusform>
            <numerusform>{n} Quellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tags</source>
        <translation>
            <numerusform>{n} Tag</numerusform>
            <numerusform>{n} Tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} things wait for you</source>
        <translation>
            <numerusform>{n} Sache wartet auf Sie</numerusform>
            <numerusform>{n} Sachen warten auf Sie</numerusform>
        </translation>
    </message>
    <message>
        <source>{path}, line {n}</source>
        <translation>{path}, Zeile {n}</translation>
    </message>
    <message>
        <source>{sessions}, {sources}</source>
        <translation>{sessions}, {sources}</translation>
    </message>
    <message>
        <source>{subject} is remembered</source>
        <translation>{subject} ist gemerkt</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{time} left to redeem the assertion</source>
        <translation>noch {time}, um die Assertion einzulösen</translation>
    </message>
    <message>
        <source>{time} left to redeem the token</source>
        <translation>noch {time}, um das Token einzulösen</translation>
    </message>
    <message>
        <source>{title} ({n})</source>
        <translation>{title} ({n})</translation>
    </message>
    <message>
        <source>{verdict}: {cause}</source>
        <translation>{verdict}: {cause}</translation>
    </message>
    <message>
        <source>{what} needed from you.</source>
        <translation>{what} wird von Ihnen gebraucht.</translation>
    </message>
    <message>
        <source>{when}, in {time}</source>
        <translation>{when}, in {time}</translation>
    </message>
    <message>
        <source>· for {names}</source>
        <translation>· für {names}</translation>
    </message>
    <message>
        <source>“{name}” in the config file</source>
        <translation>„{name}“ in der Konfigurationsdatei</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>(MFA session)</source>
        <translation>(MFA-Sitzung)</translation>
    </message>
    <message>
        <source>(config file)</source>
        <translation>(Konfigurationsdatei)</translation>
    </message>
    <message>
        <source>, and {0}, which this assertion needs,</source>
        <translation>, und {0}, was diese Assertion braucht,</translation>
    </message>
    <message>
        <source>, with all its settings. It is not Rolecall's, and cannot be brought back.</source>
        <translation>, mit allen Einstellungen. Er ist nicht von Rolecall und lässt sich nicht zurückholen.</translation>
    </message>
    <message>
        <source>, with an MFA code</source>
        <translation>, mit einem MFA-Code</translation>
    </message>
    <message>
        <source>1 hour session limit</source>
        <translation>Sitzungsgrenze von 1 Stunde</translation>
    </message>
    <message>
        <source>; nothing was sent</source>
        <translation>; nichts wurde gesendet</translation>
    </message>
    <message>
        <source>; what a provider answers is small.</source>
        <translation>; was ein Anbieter antwortet, ist klein.</translation>
    </message>
    <message>
        <source>; “{0}” is not one of them</source>
        <translation>; „{0}“ gehört nicht dazu</translation>
    </message>
    <message>
        <source>A Sid has letters and digits only.</source>
        <translation>Eine Sid besteht nur aus Buchstaben und Ziffern.</translation>
    </message>
    <message>
        <source>A backslash begins no sign here.</source>
        <translation>Ein Rückstrich leitet hier kein Zeichen ein.</translation>
    </message>
    <message>
        <source>A chained role lasts {0} s at most; {1} is not possible.</source>
        <translation>Eine verkettete Rolle hält höchstens {0} s; {1} ist nicht möglich.</translation>
    </message>
    <message>
        <source>A code of this device was used a moment ago</source>
        <translation>Ein Code dieses Geräts wurde gerade erst verwendet</translation>
    </message>
    <message>
        <source>A colon is missing after the name.</source>
        <translation>Nach dem Namen fehlt ein Doppelpunkt.</translation>
    </message>
    <message>
        <source>A comma or {0} should stand here.</source>
        <translation>Hier sollte ein Komma oder {0} stehen.</translation>
    </message>
    <message>
        <source>A comma stands before the closing ].</source>
        <translation>Vor dem schließenden ] steht ein Komma.</translation>
    </message>
    <message>
        <source>A comma stands before the closing }.</source>
        <translation>Vor der schließenden } steht ein Komma.</translation>
    </message>
    <message>
        <source>A command prints its token.</source>
        <translation>Ein Befehl gibt sein Token aus.</translation>
    </message>
    <message>
        <source>A condition compares with texts, numbers, true or false.</source>
        <translation>Eine Bedingung vergleicht mit Texten, Zahlen, true oder false.</translation>
    </message>
    <message>
        <source>A directory could not be created</source>
        <translation>Ein Ordner ließ sich nicht anlegen</translation>
    </message>
    <message>
        <source>A file of the AWS tools could not be read</source>
        <translation>Eine Datei der AWS-Werkzeuge ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>A key ID has about 20 capital letters and digits; a secret access key has 40 characters of both cases.</source>
        <translation>Eine Schlüssel-ID hat etwa 20 Großbuchstaben und Ziffern; ein geheimer Zugriffsschlüssel hat 40 Zeichen, große und kleine.</translation>
    </message>
    <message>
        <source>A line of it is too intricate.</source>
        <translation>Eine Zeile darin ist zu verwickelt.</translation>
    </message>
    <message>
        <source>A lock file could not be used</source>
        <translation>Eine Sperrdatei ließ sich nicht verwenden</translation>
    </message>
    <message>
        <source>A login page has to begin with https:// (or http:// on this machine), and must not be AWS's own.</source>
        <translation>Eine Anmeldeseite beginnt mit https:// (oder http:// auf diesem Rechner) und darf nicht die von AWS selbst sein.</translation>
    </message>
    <message>
        <source>A name in double quotes should stand here.</source>
        <translation>Hier sollte ein Name in doppelten Anführungszeichen stehen.</translation>
    </message>
    <message>
        <source>A number in it is too long.</source>
        <translation>Eine Zahl darin ist zu lang.</translation>
    </message>
    <message>
        <source>A part of it is missing.</source>
        <translation>Ein Teil davon fehlt.</translation>
    </message>
    <message>
        <source>A part of the credentials file that is not Rolecall's was changed.</source>
        <translation>Ein Teil der Anmeldedaten-Datei, der nicht von Rolecall ist, wurde geändert.</translation>
    </message>
    <message>
        <source>A part of the path is a file where a directory is needed: move it away, then try again.</source>
        <translation>Ein Teil des Pfads ist eine Datei, wo ein Verzeichnis nötig ist: legen Sie sie woandershin, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>A part of the path to the credentials file is no directory</source>
        <translation>Ein Teil des Pfads zur Credentials-Datei ist kein Verzeichnis</translation>
    </message>
    <message>
        <source>A password does not belong here</source>
        <translation>Ein Passwort gehört nicht hierher</translation>
    </message>
    <message>
        <source>A policy is an object.</source>
        <translation>Eine Richtlinie ist ein Objekt.</translation>
    </message>
    <message>
        <source>A policy's ARN looks like arn:aws:iam::aws:policy/ReadOnlyAccess.</source>
        <translation>Die ARN einer Richtlinie sieht aus wie arn:aws:iam::aws:policy/ReadOnlyAccess.</translation>
    </message>
    <message>
        <source>A resource is an ARN, or * for all.</source>
        <translation>Eine Ressource ist eine ARN oder * für alle.</translation>
    </message>
    <message>
        <source>A role in the SAML response is malformed</source>
        <translation>Eine Rolle in der SAML-Antwort ist fehlerhaft</translation>
    </message>
    <message>
        <source>A role's session has none, even if the one who assumed that role had.</source>
        <translation>Die Sitzung einer Rolle hat keine, auch wenn es bei dem, der die Rolle annahm, anders war.</translation>
    </message>
    <message>
        <source>A second factor stands behind the request.</source>
        <translation>Hinter der Anfrage steht ein zweiter Faktor.</translation>
    </message>
    <message>
        <source>A secret consists of the letters A to Z and the digits 2 to 7.</source>
        <translation>Ein Geheimnis besteht aus den Buchstaben A bis Z und den Ziffern 2 bis 7.</translation>
    </message>
    <message>
        <source>A secret does not belong in the settings file</source>
        <translation>Ein Geheimnis gehört nicht in die Einstellungsdatei</translation>
    </message>
    <message>
        <source>A security key cannot be used here</source>
        <translation>Ein Sicherheitsschlüssel lässt sich hier nicht verwenden</translation>
    </message>
    <message>
        <source>A session policy takes no {0}: it is about the session itself.</source>
        <translation>Eine Sitzungsrichtlinie hat kein {0}: Sie betrifft die Sitzung selbst.</translation>
    </message>
    <message>
        <source>A source is identity.NAME, provider.NAME or profile.NAME.</source>
        <translation>Eine Quelle ist identity.NAME, provider.NAME oder profile.NAME.</translation>
    </message>
    <message>
        <source>A statement is an object.</source>
        <translation>Eine Anweisung ist ein Objekt.</translation>
    </message>
    <message>
        <source>A tab or control character.</source>
        <translation>Ein Tabulator oder Steuerzeichen.</translation>
    </message>
    <message>
        <source>A tag {0} has {1} to {2} characters; this has {3}.</source>
        <translation>Tags: {0} hat {1} bis {2} Zeichen; hier sind es {3}.</translation>
    </message>
    <message>
        <source>A tag {0} takes letters, digits, blanks and _.:/=+-@; “{1}” in “{2}” is not one of them.</source>
        <translation>Tags: {0} besteht aus Buchstaben, Ziffern, Leerzeichen und _.:/=+-@; „{1}“ in „{2}“ gehört nicht dazu.</translation>
    </message>
    <message>
        <source>A text cannot go over the end of a line.</source>
        <translation>Ein Text kann nicht über das Zeilenende gehen.</translation>
    </message>
    <message>
        <source>A time in the SAML response is malformed</source>
        <translation>Eine Zeitangabe in der SAML-Antwort ist fehlerhaft</translation>
    </message>
    <message>
        <source>A value begins with &quot;, {, [, a digit, true or false.</source>
        <translation>Ein Wert beginnt mit &quot;, {, [, einer Ziffer, true oder false.</translation>
    </message>
    <message>
        <source>A value cannot be written to the credentials file</source>
        <translation>Ein Wert lässt sich nicht in die Anmeldedaten-Datei schreiben</translation>
    </message>
    <message>
        <source>A value is missing</source>
        <translation>Ein Wert fehlt</translation>
    </message>
    <message>
        <source>A value is missing before “{0}”.</source>
        <translation>Vor „{0}“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>A {0} denies it</source>
        <translation>Verweigert durch: {0}</translation>
    </message>
    <message>
        <source>AWS China</source>
        <translation>AWS China</translation>
    </message>
    <message>
        <source>AWS European Sovereign Cloud</source>
        <translation>AWS European Sovereign Cloud</translation>
    </message>
    <message>
        <source>AWS GovCloud (US)</source>
        <translation>AWS GovCloud (US)</translation>
    </message>
    <message>
        <source>AWS ISOE (Europe)</source>
        <translation>AWS ISOE (Europe)</translation>
    </message>
    <message>
        <source>AWS answers alike for a role that does not exist.</source>
        <translation>AWS antwortet bei einer Rolle, die es nicht gibt, genauso.</translation>
    </message>
    <message>
        <source>AWS asks for patience</source>
        <translation>AWS bittet um Geduld</translation>
    </message>
    <message>
        <source>AWS cannot verify this ID token</source>
        <translation>AWS kann dieses ID-Token nicht prüfen</translation>
    </message>
    <message>
        <source>AWS checks it.</source>
        <translation>AWS prüft es.</translation>
    </message>
    <message>
        <source>AWS checks the one inside.</source>
        <translation>AWS prüft die innere.</translation>
    </message>
    <message>
        <source>AWS compares it with the audiences of the provider in IAM.</source>
        <translation>AWS vergleicht sie mit den Zielgruppen des Anbieters in IAM.</translation>
    </message>
    <message>
        <source>AWS could not be asked who signs now. {0}</source>
        <translation>AWS ließ sich nicht fragen, wer nun signiert. {0}</translation>
    </message>
    <message>
        <source>AWS could not fetch the provider's keys</source>
        <translation>AWS konnte die Schlüssel des Anbieters nicht abrufen</translation>
    </message>
    <message>
        <source>AWS could not reach the provider</source>
        <translation>AWS konnte den Anbieter nicht erreichen</translation>
    </message>
    <message>
        <source>AWS could not read the request</source>
        <translation>AWS konnte die Anfrage nicht lesen</translation>
    </message>
    <message>
        <source>AWS could not serve</source>
        <translation>AWS konnte nicht antworten</translation>
    </message>
    <message>
        <source>AWS could not validate the assertion</source>
        <translation>AWS konnte die Assertion nicht prüfen</translation>
    </message>
    <message>
        <source>AWS could not validate the sign-in</source>
        <translation>AWS konnte die Anmeldung nicht prüfen</translation>
    </message>
    <message>
        <source>AWS demands one.</source>
        <translation>AWS verlangt einen.</translation>
    </message>
    <message>
        <source>AWS denied access</source>
        <translation>AWS verweigerte den Zugriff</translation>
    </message>
    <message>
        <source>AWS did not refuse “{0}”</source>
        <translation>AWS hat „{0}“ nicht abgelehnt</translation>
    </message>
    <message>
        <source>AWS does not know this access key</source>
        <translation>AWS kennt diesen Zugriffsschlüssel nicht</translation>
    </message>
    <message>
        <source>AWS does not know this audience</source>
        <translation>AWS kennt diese Zielgruppe nicht</translation>
    </message>
    <message>
        <source>AWS does not let a session of GetSessionToken sign in.</source>
        <translation>AWS lässt eine Sitzung aus GetSessionToken nicht anmelden.</translation>
    </message>
    <message>
        <source>AWS does not say by which policy</source>
        <translation>AWS sagt nicht, durch welche Richtlinie</translation>
    </message>
    <message>
        <source>AWS gave an expiry that is not possible</source>
        <translation>AWS nannte ein unmögliches Ablaufdatum</translation>
    </message>
    <message>
        <source>AWS gave credentials that have already expired</source>
        <translation>AWS gab Anmeldedaten, die schon abgelaufen sind</translation>
    </message>
    <message>
        <source>AWS gave no reason.</source>
        <translation>AWS nannte keinen Grund.</translation>
    </message>
    <message>
        <source>AWS itself asks {0}/.well-known/openid-configuration for them.</source>
        <translation>AWS selbst fragt {0}/.well-known/openid-configuration danach.</translation>
    </message>
    <message>
        <source>AWS limits a role assumed from another role to 1 h; the profile asks for more.</source>
        <translation>AWS begrenzt eine von einer anderen Rolle aus angenommene Rolle auf 1 h; das Profil verlangt mehr.</translation>
    </message>
    <message>
        <source>AWS may refuse tokens that live longer than 24 h.</source>
        <translation>AWS lehnt Token, die länger als 24 h gelten, womöglich ab.</translation>
    </message>
    <message>
        <source>AWS names the {0} of who asks.</source>
        <translation>AWS nennt, was bei dem Fragenden wirkte: {0}.</translation>
    </message>
    <message>
        <source>AWS refused</source>
        <translation>AWS hat abgelehnt</translation>
    </message>
    <message>
        <source>AWS refused a parameter</source>
        <translation>AWS hat einen Parameter abgelehnt</translation>
    </message>
    <message>
        <source>AWS refused a value</source>
        <translation>AWS hat einen Wert abgelehnt</translation>
    </message>
    <message>
        <source>AWS refused {0}, but now {1} signs.</source>
        <translation>AWS hat {0} abgelehnt, doch nun signiert {1}.</translation>
    </message>
    <message>
        <source>AWS refused “{0}”: {1}.</source>
        <translation>AWS hat „{0}“ abgelehnt: {1}.</translation>
    </message>
    <message>
        <source>AWS said: {0}</source>
        <translation>AWS sagte: {0}</translation>
    </message>
    <message>
        <source>AWS says so itself: an explicit deny wins over every Allow.</source>
        <translation>AWS sagt es selbst: Ein ausdrückliches Deny geht jedem Allow vor.</translation>
    </message>
    <message>
        <source>AWS says that no trust policy allows it.</source>
        <translation>AWS sagt, dass keine Vertrauensrichtlinie es erlaubt.</translation>
    </message>
    <message>
        <source>AWS takes codes of {0} digits; this device makes others.</source>
        <translation>AWS nimmt Codes aus {0} Ziffern; dieses Gerät erzeugt andere.</translation>
    </message>
    <message>
        <source>AWS takes each code once.</source>
        <translation>AWS nimmt jeden Code nur einmal.</translation>
    </message>
    <message>
        <source>AWS takes issuers that begin with https:// only.</source>
        <translation>AWS nimmt nur Aussteller, die mit https:// beginnen.</translation>
    </message>
    <message>
        <source>AWS takes it.</source>
        <translation>AWS nimmt es an.</translation>
    </message>
    <message>
        <source>AWS takes nothing else.</source>
        <translation>Etwas anderes nimmt AWS nicht.</translation>
    </message>
    <message>
        <source>AWS takes one for 5 minutes at most.</source>
        <translation>AWS nimmt eine höchstens 5 Minuten lang.</translation>
    </message>
    <message>
        <source>AWS takes signed assertions only.</source>
        <translation>AWS nimmt nur signierte Assertions.</translation>
    </message>
    <message>
        <source>AWS takes this for the audience.</source>
        <translation>AWS nimmt dies als Zielgruppe.</translation>
    </message>
    <message>
        <source>AWS takes “{0}” for its audience; the client ID that is set is “{1}”.</source>
        <translation>AWS nimmt „{0}“ als Zielgruppe; eingestellt ist die Client-ID „{1}“.</translation>
    </message>
    <message>
        <source>AWS tells the account of a key to anyone who signs, but no session lives and no identity is set up.</source>
        <translation>AWS nennt das Konto eines Schlüssels jedem, der signiert, aber es läuft keine Sitzung, und keine Identität ist eingerichtet.</translation>
    </message>
    <message>
        <source>AWS tools end at {0}. {1}</source>
        <translation>AWS-Werkzeuge enden bei {0}. {1}</translation>
    </message>
    <message>
        <source>AWS tools ignore the keys of [{0}]</source>
        <translation>AWS-Werkzeuge übergehen die Schlüssel von [{0}]</translation>
    </message>
    <message>
        <source>AWS tools would ask 169.254.169.254 last; on EC2 alone somebody answers.</source>
        <translation>AWS-Werkzeuge würden zuletzt 169.254.169.254 fragen; nur auf EC2 antwortet dort jemand.</translation>
    </message>
    <message>
        <source>AWS tools would ask the address in {0}.</source>
        <translation>AWS-Werkzeuge würden die Adresse in {0} fragen.</translation>
    </message>
    <message>
        <source>AWS tools would assume {0} with {1} {2}{3}.</source>
        <translation>AWS-Werkzeuge würden {0} annehmen, mit {1} {2}{3}.</translation>
    </message>
    <message>
        <source>AWS tools would exchange the token in {0} for {1}.</source>
        <translation>AWS-Werkzeuge würden das Token in {0} gegen {1} tauschen.</translation>
    </message>
    <message>
        <source>AWS tools would find no credentials</source>
        <translation>AWS-Werkzeuge fänden keine Anmeldedaten</translation>
    </message>
    <message>
        <source>AWS tools would ignore what is published as [{0}]</source>
        <translation>AWS-Werkzeuge würden übergehen, was als [{0}] bereitgestellt ist</translation>
    </message>
    <message>
        <source>AWS tools would obtain {0} in account {1} through {2}, if somebody has signed in there (aws sso login).</source>
        <translation>AWS-Werkzeuge würden {0} in Konto {1} über {2} erhalten, sofern dort jemand angemeldet ist (aws sso login).</translation>
    </message>
    <message>
        <source>AWS tools would run Rolecall: the credentials of its profile “{0}”.</source>
        <translation>AWS-Werkzeuge würden Rolecall ausführen: die Anmeldedaten seines Profils „{0}“.</translation>
    </message>
    <message>
        <source>AWS tools would run {0} and use what it prints.</source>
        <translation>AWS-Werkzeuge würden {0} ausführen und die Ausgabe verwenden.</translation>
    </message>
    <message>
        <source>AWS tools would use the login {0} (aws login).</source>
        <translation>AWS-Werkzeuge würden die Anmeldung {0} verwenden (aws login).</translation>
    </message>
    <message>
        <source>AWS verifies {0} only.</source>
        <translation>AWS prüft nur {0}.</translation>
    </message>
    <message>
        <source>AWS was not asked: there are no keys to ask with</source>
        <translation>AWS wurde nicht gefragt: Es fehlen Schlüssel zum Fragen</translation>
    </message>
    <message>
        <source>AWS would have said so. {0} were asked for.</source>
        <translation>AWS hätte es gesagt. Verlangt waren {0}.</translation>
    </message>
    <message>
        <source>AWS would refuse {0}</source>
        <translation>AWS würde {0} ablehnen</translation>
    </message>
    <message>
        <source>AWS's message is about the duration; {0} s were asked for.</source>
        <translation>Die Meldung von AWS betrifft die Dauer; verlangt waren {0} s.</translation>
    </message>
    <message>
        <source>AWS_ACCESS_KEY_ID in the environment</source>
        <translation>AWS_ACCESS_KEY_ID in der Umgebung</translation>
    </message>
    <message>
        <source>AWS_CREDENTIAL_FILE, from before there were profiles</source>
        <translation>AWS_CREDENTIAL_FILE, aus der Zeit vor den Profilen</translation>
    </message>
    <message>
        <source>AWS_SECRET_ACCESS_KEY is missing: AWS tools stop here with an error.</source>
        <translation>AWS_SECRET_ACCESS_KEY fehlt: Hier brechen AWS-Werkzeuge mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>AWS_SESSION_TOKEN is another one, and not looked at.</source>
        <translation>AWS_SESSION_TOKEN ist ein anderes und wird nicht beachtet.</translation>
    </message>
    <message>
        <source>AccessKeyId is none</source>
        <translation>AccessKeyId ist keine</translation>
    </message>
    <message>
        <source>Across accounts both sides have to agree: the trust policy, and the policies of who asks.</source>
        <translation>Über Kontogrenzen hinweg müssen beide Seiten zustimmen: die Vertrauensrichtlinie und die Richtlinien des Fragenden.</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Add &quot;Effect&quot;: &quot;Allow&quot; or &quot;Deny&quot;.</source>
        <translation>&quot;Effect&quot;: &quot;Allow&quot; oder &quot;Deny&quot; ergänzen.</translation>
    </message>
    <message>
        <source>Add &quot;Statement&quot;: [{&quot;Effect&quot;: &quot;Allow&quot;, …}].</source>
        <translation>&quot;Statement&quot;: [{&quot;Effect&quot;: &quot;Allow&quot;, …}] ergänzen.</translation>
    </message>
    <message>
        <source>Add &quot;Version&quot;: &quot;2012-10-17&quot;.</source>
        <translation>&quot;Version&quot;: &quot;2012-10-17&quot; ergänzen.</translation>
    </message>
    <message>
        <source>Add &quot;{0}&quot;: &quot;*&quot; or something narrower, or Not{1}.</source>
        <translation>&quot;{0}&quot;: &quot;*&quot; oder etwas Engeres ergänzen, oder Not{1}.</translation>
    </message>
    <message>
        <source>Add a &quot; at its end.</source>
        <translation>Am Ende ein &quot; ergänzen.</translation>
    </message>
    <message>
        <source>Add a ] at the end.</source>
        <translation>Am Ende ein ] ergänzen.</translation>
    </message>
    <message>
        <source>Add a comma before it.</source>
        <translation>Davor ein Komma ergänzen.</translation>
    </message>
    <message>
        <source>Add a {0} at the end.</source>
        <translation>Am Ende ein {0} ergänzen.</translation>
    </message>
    <message>
        <source>Add a } at the end.</source>
        <translation>Am Ende eine } ergänzen.</translation>
    </message>
    <message>
        <source>Add at least one statement.</source>
        <translation>Mindestens eine Anweisung ergänzen.</translation>
    </message>
    <message>
        <source>Add at least one text.</source>
        <translation>Mindestens einen Text ergänzen.</translation>
    </message>
    <message>
        <source>Add it, or choose another source for “{0}”.</source>
        <translation>Hinzufügen oder für „{0}“ eine andere Quelle wählen.</translation>
    </message>
    <message>
        <source>Add it, or remove the comma before.</source>
        <translation>Ergänzen oder das Komma davor entfernen.</translation>
    </message>
    <message>
        <source>Add it.</source>
        <translation>Hinzufügen.</translation>
    </message>
    <message>
        <source>Add openid to scopes, and let the provider give it to this client.</source>
        <translation>openid zu scopes hinzufügen und beim Anbieter für diesen Client freigeben lassen.</translation>
    </message>
    <message>
        <source>Add the value.</source>
        <translation>Den Wert ergänzen.</translation>
    </message>
    <message>
        <source>Add {0} to the statement of the trust policy, or send none.</source>
        <translation>{0} zur Anweisung der Vertrauensrichtlinie hinzufügen oder nichts davon senden.</translation>
    </message>
    <message>
        <source>Allow yourself to write it (chmod u+w), or choose another file with AWS_SHARED_CREDENTIALS_FILE.</source>
        <translation>Sich selbst das Schreiben erlauben (chmod u+w) oder mit AWS_SHARED_CREDENTIALS_FILE eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>An ARN has {0} to {1} characters; this has {2}.</source>
        <translation>Eine ARN hat {0} bis {1} Zeichen; diese hat {2}.</translation>
    </message>
    <message>
        <source>An MFA device and its code go together</source>
        <translation>Ein MFA-Gerät und sein Code gehören zusammen</translation>
    </message>
    <message>
        <source>An OAuth 2.0 access token: only its provider and AWS can tell what it says.</source>
        <translation>Ein OAuth-2.0-Zugriffstoken: Nur sein Anbieter und AWS können lesen, was darin steht.</translation>
    </message>
    <message>
        <source>An access token is one line of visible ASCII characters.</source>
        <translation>Ein Zugriffstoken ist eine Zeile sichtbarer ASCII-Zeichen.</translation>
    </message>
    <message>
        <source>An action is a service and what it does, like s3:GetObject.</source>
        <translation>Eine Aktion ist ein Dienst und was er tut, wie s3:GetObject.</translation>
    </message>
    <message>
        <source>An answer came that is neither a yes nor a no.</source>
        <translation>Es kam eine Antwort, die weder ja noch nein bedeutet.</translation>
    </message>
    <message>
        <source>An answer came that says the same thing twice.</source>
        <translation>Es kam eine Antwort, die dasselbe zweimal sagt.</translation>
    </message>
    <message>
        <source>An answer came whose code cannot be one.</source>
        <translation>Es kam eine Antwort, deren Code keiner sein kann.</translation>
    </message>
    <message>
        <source>An attribute of the SAML response is malformed</source>
        <translation>Ein Attribut der SAML-Antwort ist fehlerhaft</translation>
    </message>
    <message>
        <source>An endpoint URL is set, and so is {0}.</source>
        <translation>Eine Endpunkt-URL ist gesetzt und ebenso {0}.</translation>
    </message>
    <message>
        <source>An entry is a role or a federated user, not both.</source>
        <translation>Ein Eintrag ist eine Rolle oder ein föderierter Benutzer, nicht beides.</translation>
    </message>
    <message>
        <source>An issuer has no query.</source>
        <translation>Ein Aussteller hat keine Abfrage.</translation>
    </message>
    <message>
        <source>An issuer has no “?” and no “#”.</source>
        <translation>Ein Aussteller enthält weder „?“ noch „#“.</translation>
    </message>
    <message>
        <source>An item of the keyring cannot be read</source>
        <translation>Ein Eintrag des Schlüsselbunds kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>An item of the keyring is incomplete</source>
        <translation>Ein Eintrag des Schlüsselbunds ist unvollständig</translation>
    </message>
    <message>
        <source>Another program is keeping a file busy</source>
        <translation>Ein anderes Programm hält eine Datei besetzt</translation>
    </message>
    <message>
        <source>Another provider answered</source>
        <translation>Ein anderer Anbieter hat geantwortet</translation>
    </message>
    <message>
        <source>Another section of this name has been set aside before</source>
        <translation>Ein anderer Abschnitt dieses Namens wurde früher schon beiseitegelegt</translation>
    </message>
    <message>
        <source>AppArmor allows this program no user namespaces, in which login pages are locked up</source>
        <translation>AppArmor erlaubt diesem Programm keine Benutzer-Namensräume, in die Anmeldeseiten eingesperrt werden</translation>
    </message>
    <message>
        <source>Are you sure you want to leave this page? Changes that you made may not be saved.</source>
        <translation>Diese Seite wirklich verlassen? Änderungen sind womöglich nicht gespeichert.</translation>
    </message>
    <message>
        <source>As XML it is {0}.</source>
        <translation>Als XML ist es {0}.</translation>
    </message>
    <message>
        <source>As set.</source>
        <translation>Wie eingestellt.</translation>
    </message>
    <message>
        <source>Ask for it again: `rolecall export FILE NAME` writes one.</source>
        <translation>Noch einmal darum bitten: `rolecall export FILE NAME` schreibt eine.</translation>
    </message>
    <message>
        <source>Ask for less, or have the role's maximum session duration raised.</source>
        <translation>Weniger verlangen oder die maximale Sitzungsdauer der Rolle erhöhen lassen.</translation>
    </message>
    <message>
        <source>Ask the role's owner for it, and set it in the profile.</source>
        <translation>Beim Eigentümer der Rolle danach fragen und sie im Profil setzen.</translation>
    </message>
    <message>
        <source>Ask those who run the provider.</source>
        <translation>Bei den Betreibern des Anbieters nachfragen.</translation>
    </message>
    <message>
        <source>Ask who is calling (whoami), and check that its policies allow this action.</source>
        <translation>Fragen, wer anfragt (whoami), und prüfen, ob dessen Richtlinien diese Aktion erlauben.</translation>
    </message>
    <message>
        <source>Ask who runs it for a login page. {0}</source>
        <translation>Den Betreiber um eine Anmeldeseite bitten. {0}</translation>
    </message>
    <message>
        <source>Ask who runs the provider to put fewer roles and attributes into the assertion.</source>
        <translation>Den Betreiber des Anbieters bitten, weniger Rollen und Attribute in die Assertion zu schreiben.</translation>
    </message>
    <message>
        <source>Ask who runs the provider.</source>
        <translation>Beim Betreiber des Anbieters nachfragen.</translation>
    </message>
    <message>
        <source>Ask whoever runs the provider</source>
        <translation>Den Betreiber des Anbieters bitten,</translation>
    </message>
    <message>
        <source>Ask whoever runs the provider to let ID tokens live at most a day.</source>
        <translation>Den Betreiber des Anbieters bitten, ID-Token höchstens einen Tag gelten zu lassen.</translation>
    </message>
    <message>
        <source>Ask whoever runs the provider to set its clock, or wait until then.</source>
        <translation>Den Betreiber des Anbieters bitten, die Uhr zu stellen, oder bis dahin warten.</translation>
    </message>
    <message>
        <source>Ask whoever runs the provider to sign with one of {0}.</source>
        <translation>Den Betreiber des Anbieters bitten, mit einem von {0} zu signieren.</translation>
    </message>
    <message>
        <source>Ask whoever runs the provider: AWS would not take this either.</source>
        <translation>Beim Betreiber des Anbieters nachfragen: Auch AWS würde dies nicht annehmen.</translation>
    </message>
    <message>
        <source>Ask whoever runs the provider; an access token may have been taken for an ID token.</source>
        <translation>Beim Betreiber des Anbieters nachfragen; womöglich wurde ein Zugriffstoken für ein ID-Token gehalten.</translation>
    </message>
    <message>
        <source>Ask with the tool itself: aws sts get-caller-identity.</source>
        <translation>Mit dem Werkzeug selbst fragen: aws sts get-caller-identity.</translation>
    </message>
    <message>
        <source>Asked for 15 min, the least that AWS gives; its lease ends before, and it is withdrawn then.</source>
        <translation>Verlangt wurden 15 min, das Wenigste, was AWS gibt; die Leihfrist endet vorher, und dann wird zurückgezogen.</translation>
    </message>
    <message>
        <source>Asked for as long as its lease only, so that copies of the keys end with it.</source>
        <translation>Nur für die Leihfrist verlangt, damit Kopien der Schlüssel mit ihr enden.</translation>
    </message>
    <message>
        <source>Assume a profile; AWS tools find it under the name it is published as.</source>
        <translation>Ein Profil annehmen; AWS-Werkzeuge finden es unter dem Namen, als der es bereitgestellt ist.</translation>
    </message>
    <message>
        <source>Assume a profile{0}, then ask again.</source>
        <translation>Ein Profil annehmen{0}, dann erneut fragen.</translation>
    </message>
    <message>
        <source>Assume any profile, then look again.</source>
        <translation>Irgendein Profil annehmen, dann erneut nachsehen.</translation>
    </message>
    <message>
        <source>Assume it again; if AWS refuses, ask again.</source>
        <translation>Erneut annehmen; wenn AWS ablehnt, noch einmal fragen.</translation>
    </message>
    <message>
        <source>Assume the role again.</source>
        <translation>Die Rolle erneut annehmen.</translation>
    </message>
    <message>
        <source>Assume “{0}” again.</source>
        <translation>„{0}“ erneut annehmen.</translation>
    </message>
    <message>
        <source>Assume “{0}” first: run `rolecall assume {1}`.</source>
        <translation>Erst „{0}“ annehmen: `rolecall assume {1}` ausführen.</translation>
    </message>
    <message>
        <source>At most {0} policy ARNs; these are {1}.</source>
        <translation>Höchstens {0} Richtlinien-ARNs; das sind {1}.</translation>
    </message>
    <message>
        <source>At most {0} s: {1}.</source>
        <translation>Höchstens {0} s: AWS begrenzt eine von einer anderen Rolle aus angenommene Rolle auf 1 h.</translation>
    </message>
    <message>
        <source>At most {0}; these are {1}.</source>
        <translation>Höchstens {0}; das sind {1}.</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>Zielgruppe</translation>
    </message>
    <message>
        <source>Authorized party</source>
        <translation>Berechtigter (azp)</translation>
    </message>
    <message>
        <source>Begin the line at the left edge, or remove it.</source>
        <translation>Die Zeile am linken Rand beginnen oder entfernen.</translation>
    </message>
    <message>
        <source>Begin with {&quot;Version&quot;: &quot;2012-10-17&quot;, &quot;Statement&quot;: …}.</source>
        <translation>Mit {&quot;Version&quot;: &quot;2012-10-17&quot;, &quot;Statement&quot;: …} beginnen.</translation>
    </message>
    <message>
        <source>Billing and cost</source>
        <translation>Abrechnung und Kosten</translation>
    </message>
    <message>
        <source>Both are in account {0}.</source>
        <translation>Beide sind in Konto {0}.</translation>
    </message>
    <message>
        <source>Both are published under the same AWS profile name; one is live at a time.</source>
        <translation>Beide werden unter demselben AWS-Profilnamen bereitgestellt; nur eines läuft jeweils.</translation>
    </message>
    <message>
        <source>Check AWS_ENDPOINT_URL_STS: this may not be STS.</source>
        <translation>AWS_ENDPOINT_URL_STS prüfen: Das ist womöglich nicht STS.</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY and NO_PROXY, or proxy in the settings, and whether the proxy asks for a password.</source>
        <translation>HTTPS_PROXY und NO_PROXY prüfen, oder den Proxy in den Einstellungen, und ob der Proxy ein Passwort verlangt.</translation>
    </message>
    <message>
        <source>Check client_id, and the client secret if the provider asks for one.</source>
        <translation>client_id prüfen, und das Client-Geheimnis, falls der Anbieter eines verlangt.</translation>
    </message>
    <message>
        <source>Check issuer: it must be written exactly as the provider writes it. Otherwise do not sign in there.</source>
        <translation>issuer prüfen: Er muss genau so geschrieben sein, wie der Anbieter ihn schreibt. Andernfalls dort nicht anmelden.</translation>
    </message>
    <message>
        <source>Check its owner and mode.</source>
        <translation>Eigentümer und Rechte prüfen.</translation>
    </message>
    <message>
        <source>Check owner and mode of the file and its directory.</source>
        <translation>Eigentümer und Rechte der Datei und ihres Ordners prüfen.</translation>
    </message>
    <message>
        <source>Check owner, mode and attributes (lsattr) of the file and its directory.</source>
        <translation>Prüfen Sie Besitzer, Rechte und Attribute (lsattr) der Datei und ihres Verzeichnisses.</translation>
    </message>
    <message>
        <source>Check scopes: the provider does not give all of them to this client.</source>
        <translation>scopes prüfen: Der Anbieter gibt diesem Client nicht alle davon.</translation>
    </message>
    <message>
        <source>Check that it is a plain file, and that you may read it: AWS tools stop at it too.</source>
        <translation>Prüfen, ob es eine gewöhnliche Datei ist und ob sie lesbar ist: Auch AWS-Werkzeuge scheitern an ihr.</translation>
    </message>
    <message>
        <source>Check that the key exists and is active in the IAM console, and that the region belongs to its partition.</source>
        <translation>Prüfen, ob es den Schlüssel in der IAM-Konsole gibt, ob er aktiv ist und ob die Region zu seiner Partition gehört.</translation>
    </message>
    <message>
        <source>Check the disk and the path, then try again.</source>
        <translation>Datenträger und Pfad prüfen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>Check the endpoint's URL and the proxy.</source>
        <translation>URL des Endpunkts und Proxy prüfen.</translation>
    </message>
    <message>
        <source>Check the network connection and the provider's issuer; behind a proxy, set HTTPS_PROXY.</source>
        <translation>Netzwerkverbindung und Aussteller des Anbieters prüfen; hinter einem Proxy HTTPS_PROXY setzen.</translation>
    </message>
    <message>
        <source>Check the network connection and the region's name; behind a proxy, set HTTPS_PROXY.</source>
        <translation>Netzwerkverbindung und Namen der Region prüfen; hinter einem Proxy HTTPS_PROXY setzen.</translation>
    </message>
    <message>
        <source>Check the network connection, the firewall, and AWS_ENDPOINT_URL_STS if it is set.</source>
        <translation>Netzwerkverbindung, Firewall und AWS_ENDPOINT_URL_STS prüfen, falls gesetzt.</translation>
    </message>
    <message>
        <source>Check the network connection, the firewall, and the provider's issuer.</source>
        <translation>Netzwerkverbindung, Firewall und Aussteller des Anbieters prüfen.</translation>
    </message>
    <message>
        <source>Check the network connection; on a slow one, raise connect_timeout and read_timeout in the settings.</source>
        <translation>Netzwerkverbindung prüfen; bei einer langsamen connect_timeout und read_timeout in den Einstellungen erhöhen.</translation>
    </message>
    <message>
        <source>Check the network, the proxy and the provider's login URL; then sign in again.</source>
        <translation>Netzwerk, Proxy und Anmelde-URL des Anbieters prüfen; dann erneut anmelden.</translation>
    </message>
    <message>
        <source>Check the provider's issuer, and the proxy.</source>
        <translation>Aussteller des Anbieters und Proxy prüfen.</translation>
    </message>
    <message>
        <source>Check the provider's issuer.</source>
        <translation>Aussteller des Anbieters prüfen.</translation>
    </message>
    <message>
        <source>Check the provider's login URL, or ask who runs the provider; then sign in again.</source>
        <translation>Anmelde-URL des Anbieters prüfen oder beim Betreiber nachfragen; dann erneut anmelden.</translation>
    </message>
    <message>
        <source>Check the proxy and the endpoint: something changes requests.</source>
        <translation>Proxy und Endpunkt prüfen: Etwas verändert Anfragen.</translation>
    </message>
    <message>
        <source>Check the proxy and the endpoint: something drops the body of requests.</source>
        <translation>Proxy und Endpunkt prüfen: Etwas verwirft den Inhalt von Anfragen.</translation>
    </message>
    <message>
        <source>Check the proxy: it may remove headers.</source>
        <translation>Proxy prüfen: Womöglich entfernt er Kopfzeilen.</translation>
    </message>
    <message>
        <source>Check this machine's clock; if it is right, the provider's is not.</source>
        <translation>Die Uhr dieses Rechners prüfen; geht sie richtig, dann die des Anbieters nicht.</translation>
    </message>
    <message>
        <source>Check this machine's clock; if that is right, something may have answered in AWS's place.</source>
        <translation>Die Uhr dieses Rechners prüfen; geht sie richtig, hat womöglich etwas anstelle von AWS geantwortet.</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Choose 15 minutes to 12 hours.</source>
        <translation>15 Minuten bis 12 Stunden wählen.</translation>
    </message>
    <message>
        <source>Choose another AWS profile name for this profile.</source>
        <translation>Für dieses Profil einen anderen AWS-Profilnamen wählen.</translation>
    </message>
    <message>
        <source>Choose another AWS profile name, or replace the section: it is kept as [{0}] and put back on stop.</source>
        <translation>Einen anderen AWS-Profilnamen wählen oder den Abschnitt ersetzen: Er bleibt als [{0}] erhalten und kehrt beim Beenden zurück.</translation>
    </message>
    <message>
        <source>Choose another aws_profile, or allow it to be set aside (`--replace`): it comes back on stop.</source>
        <translation>Ein anderes aws_profile wählen oder das Beiseitelegen erlauben (`--replace`): Beim Beenden kehrt er zurück.</translation>
    </message>
    <message>
        <source>Choose another file with AWS_SHARED_CREDENTIALS_FILE.</source>
        <translation>Mit AWS_SHARED_CREDENTIALS_FILE eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose another profile of that account, or have this added to its policies: {0}</source>
        <translation>Ein anderes Profil dieses Kontos wählen oder dessen Richtlinien dies hinzufügen lassen: {0}</translation>
    </message>
    <message>
        <source>Choose another way to sign in, or check the provider's settings.</source>
        <translation>Einen anderen Anmeldeweg wählen oder die Einstellungen des Anbieters prüfen.</translation>
    </message>
    <message>
        <source>Choose one of the entries of this file.</source>
        <translation>Einen der Einträge dieser Datei wählen.</translation>
    </message>
    <message>
        <source>Choose one of the roles it lists, or ask whoever runs the provider to assign this one to you.</source>
        <translation>Eine der aufgeführten Rollen wählen oder den Betreiber des Anbieters bitten, diese zuzuweisen.</translation>
    </message>
    <message>
        <source>Choose one of these, or ask those who run the provider to add it for you.</source>
        <translation>Eine von diesen wählen oder die Betreiber des Anbieters bitten, sie hinzuzufügen.</translation>
    </message>
    <message>
        <source>Choose one of these.</source>
        <translation>Eines davon wählen.</translation>
    </message>
    <message>
        <source>Choose one of {0}.</source>
        <translation>Eines von {0} wählen.</translation>
    </message>
    <message>
        <source>Choose one that is hard to guess.</source>
        <translation>Eines wählen, das schwer zu erraten ist.</translation>
    </message>
    <message>
        <source>Close this tab and return to Rolecall.</source>
        <translation>Diesen Tab schließen und zu Rolecall zurückkehren.</translation>
    </message>
    <message>
        <source>Close this tab and return to Rolecall. {0}</source>
        <translation>Diesen Tab schließen und zu Rolecall zurückkehren. {0}</translation>
    </message>
    <message>
        <source>Close this tab, and sign in again from Rolecall.</source>
        <translation>Diesen Tab schließen und von Rolecall aus erneut anmelden.</translation>
    </message>
    <message>
        <source>Close this tab. You can sign in again from Rolecall.</source>
        <translation>Diesen Tab schließen. Von Rolecall aus lässt sich erneut anmelden.</translation>
    </message>
    <message>
        <source>CloudWatch Logs</source>
        <translation>CloudWatch Logs</translation>
    </message>
    <message>
        <source>Compare both with “Identity providers” in the IAM console of the role's account.</source>
        <translation>Beides mit „Identitätsanbieter“ in der IAM-Konsole des Kontos der Rolle vergleichen.</translation>
    </message>
    <message>
        <source>Compare it with the condition sts:ExternalId of the trust policy.</source>
        <translation>Mit der Bedingung sts:ExternalId der Vertrauensrichtlinie vergleichen.</translation>
    </message>
    <message>
        <source>Compare it with the role's trust policy, and its condition SAML:aud with the statement above.</source>
        <translation>Mit der Vertrauensrichtlinie der Rolle vergleichen, und deren Bedingung SAML:aud mit der Anweisung oben.</translation>
    </message>
    <message>
        <source>Compare the ARN with the role's page in the IAM console, path and capitals too.</source>
        <translation>Die ARN mit der Seite der Rolle in der IAM-Konsole vergleichen, auch Pfad und Großschreibung.</translation>
    </message>
    <message>
        <source>Compare the device's ARN with “Security credentials” of this user in the IAM console.</source>
        <translation>Die ARN des Geräts mit „Sicherheitsanmeldeinformationen“ dieses Benutzers in der IAM-Konsole vergleichen.</translation>
    </message>
    <message>
        <source>Condition is an object.</source>
        <translation>Condition ist ein Objekt.</translation>
    </message>
    <message>
        <source>Configured is {0}, the answer is of {1}.</source>
        <translation>Eingestellt ist {0}, die Antwort ist von {1}.</translation>
    </message>
    <message>
        <source>Console home</source>
        <translation>Konsolen-Startseite</translation>
    </message>
    <message>
        <source>Console session</source>
        <translation>Konsolensitzung</translation>
    </message>
    <message>
        <source>Container Registry</source>
        <translation>Container Registry</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Copy SAMLResponse instead: it is posted to AWS after the sign-in.</source>
        <translation>Stattdessen SAMLResponse kopieren: Sie wird nach der Anmeldung an AWS gesendet.</translation>
    </message>
    <message>
        <source>Copy it again from where the access key was created; AWS shows it only once.</source>
        <translation>Noch einmal dort kopieren, wo der Zugriffsschlüssel angelegt wurde; AWS zeigt ihn nur einmal.</translation>
    </message>
    <message>
        <source>Copy it again, whole, without what stands around it.</source>
        <translation>Noch einmal ganz kopieren, ohne was darum herum steht.</translation>
    </message>
    <message>
        <source>Copy it from “Security credentials” in the IAM console: arn:aws:iam::ACCOUNT:mfa/NAME.</source>
        <translation>Aus „Sicherheitsanmeldeinformationen“ in der IAM-Konsole kopieren: arn:aws:iam::ACCOUNT:mfa/NAME.</translation>
    </message>
    <message>
        <source>Copy the message again, whole, without line breaks or blanks.</source>
        <translation>Die Meldung noch einmal ganz kopieren, ohne Zeilenumbrüche und Leerzeichen.</translation>
    </message>
    <message>
        <source>Copy the sign-in URL and paste it into a browser.</source>
        <translation>Die Anmelde-URL kopieren und in einen Browser einfügen.</translation>
    </message>
    <message>
        <source>Copy the sign-in URL instead.</source>
        <translation>Stattdessen die Anmelde-URL kopieren.</translation>
    </message>
    <message>
        <source>Correct AWS_CA_BUNDLE, SSL_CERT_FILE, or ca_bundle in the settings: certificates in PEM form.</source>
        <translation>AWS_CA_BUNDLE, SSL_CERT_FILE oder ca_bundle in den Einstellungen berichtigen: Zertifikate im PEM-Format.</translation>
    </message>
    <message>
        <source>Correct PYTHON_KEYRING_BACKEND or keyringrc.cfg, or unset it.</source>
        <translation>PYTHON_KEYRING_BACKEND oder keyringrc.cfg berichtigen oder aufheben.</translation>
    </message>
    <message>
        <source>Correct it in the settings.</source>
        <translation>In den Einstellungen berichtigen.</translation>
    </message>
    <message>
        <source>Correct that line; the file was left as it is.</source>
        <translation>Diese Zeile berichtigen; die Datei blieb, wie sie war.</translation>
    </message>
    <message>
        <source>Correct the client ID of the provider, or use a token that is meant for it.</source>
        <translation>Die Client-ID des Anbieters berichtigen oder ein Token verwenden, das für sie gedacht ist.</translation>
    </message>
    <message>
        <source>Correct the entry {0}, or remove it.</source>
        <translation>Den Eintrag {0} berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>Correct the issuer of the provider, or use a token of that issuer.</source>
        <translation>Den Aussteller des Anbieters berichtigen oder ein Token dieses Ausstellers verwenden.</translation>
    </message>
    <message>
        <source>Correct the policy where the message points.</source>
        <translation>Die Richtlinie berichtigen, wo die Meldung hinzeigt.</translation>
    </message>
    <message>
        <source>Correct the profile's source, or its account_pin.</source>
        <translation>Die Quelle des Profils oder sein account_pin berichtigen.</translation>
    </message>
    <message>
        <source>Correct the provider's claim Role, or provider_arn of the profile.</source>
        <translation>Den Claim Role des Anbieters oder provider_arn des Profils berichtigen.</translation>
    </message>
    <message>
        <source>Correct the provider's login URL.</source>
        <translation>Die Anmelde-URL des Anbieters berichtigen.</translation>
    </message>
    <message>
        <source>Correct the source of the profile, or stop the source and obtain it anew.</source>
        <translation>Die Quelle des Profils berichtigen, oder die Quelle beenden und neu anfordern.</translation>
    </message>
    <message>
        <source>Correct what the message names.</source>
        <translation>Berichtigen, was die Meldung nennt.</translation>
    </message>
    <message>
        <source>Correct {0} first.</source>
        <translation>Erst {0} berichtigen.</translation>
    </message>
    <message>
        <source>Correct {0}, or the file's mode.</source>
        <translation>{0} oder die Rechte der Datei berichtigen.</translation>
    </message>
    <message>
        <source>Correct {0}, or unset it to use the desktop's keyring.</source>
        <translation>{0} berichtigen, oder aufheben, um den Schlüsselbund des Desktops zu verwenden.</translation>
    </message>
    <message>
        <source>Correct {0}; nothing was sent.</source>
        <translation>{0} berichtigen; nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>Do not type a password there. If the network inspects connections, its certificate authority has to be in this machine's trust store.</source>
        <translation>Dort kein Passwort eingeben. Wenn das Netzwerk Verbindungen prüft, gehört dessen Zertifizierungsstelle in den Vertrauensspeicher dieses Rechners.</translation>
    </message>
    <message>
        <source>Do not use it, and tell whoever runs the provider: it may have been tampered with.</source>
        <translation>Nicht verwenden und dem Betreiber des Anbieters melden: Es wurde womöglich verfälscht.</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Each entry has a table of its own, named in the singular: [{0}.NAME].</source>
        <translation>Jeder Eintrag hat eine eigene Tabelle, in der Einzahl benannt: [{0}.NAME].</translation>
    </message>
    <message>
        <source>Edit the identity “{0}” and enter it, or run `rolecall identity add {1}`.</source>
        <translation>Die Identität „{0}“ bearbeiten und ihn eingeben, oder `rolecall identity add {1}` ausführen.</translation>
    </message>
    <message>
        <source>Effect is Allow or Deny.</source>
        <translation>Effect ist Allow oder Deny.</translation>
    </message>
    <message>
        <source>Effect is missing.</source>
        <translation>Effect fehlt.</translation>
    </message>
    <message>
        <source>End other programs, or raise the limit of open files (ulimit -n); then try again.</source>
        <translation>Beenden Sie andere Programme, oder erhöhen Sie die Grenze offener Dateien (ulimit -n); dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Enter it again as the device shows it, or the next one; if that fails too, check the device's clock.</source>
        <translation>Noch einmal eingeben, wie das Gerät ihn zeigt, oder den nächsten; misslingt auch das, die Uhr des Geräts prüfen.</translation>
    </message>
    <message>
        <source>Enter it again, and it is replaced.</source>
        <translation>Geben Sie es neu ein, dann wird es ersetzt.</translation>
    </message>
    <message>
        <source>Enter key ID and secret again without blanks; if that is right, check the proxy: it may remove headers.</source>
        <translation>Schlüssel-ID und Geheimnis noch einmal ohne Leerzeichen eingeben; stimmt das, den Proxy prüfen: Womöglich entfernt er Kopfzeilen.</translation>
    </message>
    <message>
        <source>Enter key ID and secret again, as the IAM console showed them.</source>
        <translation>Schlüssel-ID und Geheimnis noch einmal eingeben, wie die IAM-Konsole sie zeigte.</translation>
    </message>
    <message>
        <source>Enter the secret access key again: it does not belong to this key ID, or was copied incompletely.</source>
        <translation>Den geheimen Zugriffsschlüssel noch einmal eingeben: Er gehört nicht zu dieser Schlüssel-ID oder wurde unvollständig kopiert.</translation>
    </message>
    <message>
        <source>Exception ignored</source>
        <translation>Exception ignored</translation>
    </message>
    <message>
        <source>Expiration is not a time</source>
        <translation>Expiration ist keine Zeitangabe</translation>
    </message>
    <message>
        <source>For {0}, a captive portal or proxy answered (status {1}).</source>
        <translation>Anstelle von {0} antwortete ein Anmeldeportal oder Proxy (Status {1}).</translation>
    </message>
    <message>
        <source>For {0}, a captive portal or proxy answered with {1} (status {2}).</source>
        <translation>Anstelle von {0} antwortete ein Anmeldeportal oder Proxy mit {1} (Status {2}).</translation>
    </message>
    <message>
        <source>Free some space on the disk, or have your quota raised; then try again.</source>
        <translation>Schaffen Sie Platz auf dem Datenträger, oder lassen Sie Ihr Kontingent erhöhen; dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Platz schaffen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>From each folder it would lead to another program.</source>
        <translation>Aus jedem Ordner führte er zu einem anderen Programm.</translation>
    </message>
    <message>
        <source>From the claim {0}.</source>
        <translation>Aus dem Claim {0}.</translation>
    </message>
    <message>
        <source>From {0}: {1}</source>
        <translation>Von {0}: {1}</translation>
    </message>
    <message>
        <source>GetFederationToken takes no MFA code.</source>
        <translation>GetFederationToken nimmt keinen MFA-Code.</translation>
    </message>
    <message>
        <source>Give both, or neither.</source>
        <translation>Beide angeben oder keines.</translation>
    </message>
    <message>
        <source>Give each entry a table of its own, like [profile.NAME], or make the change by hand.</source>
        <translation>Jedem Eintrag eine eigene Tabelle wie [profile.NAME] geben oder die Änderung von Hand machen.</translation>
    </message>
    <message>
        <source>Give each statement its own, or none.</source>
        <translation>Jeder Anweisung eine eigene geben oder gar keine.</translation>
    </message>
    <message>
        <source>Give it an identity as source, or a role_arn.</source>
        <translation>Eine Identität als Quelle oder eine role_arn angeben.</translation>
    </message>
    <message>
        <source>Give it to the keyring (`rolecall {0} add` asks for it), and delete the line.</source>
        <translation>In den Schlüsselbund geben (`rolecall {0} add` fragt danach) und die Zeile löschen.</translation>
    </message>
    <message>
        <source>Give one of them another aws_profile to have both.</source>
        <translation>Einem davon ein anderes aws_profile geben, um beide zu haben.</translation>
    </message>
    <message>
        <source>Give the ID token itself, as one line and nothing else.</source>
        <translation>Das ID-Token selbst angeben, als eine Zeile und nichts weiter.</translation>
    </message>
    <message>
        <source>Give the passphrase the file was made with.</source>
        <translation>Die Passphrase angeben, mit der die Datei angelegt wurde.</translation>
    </message>
    <message>
        <source>Give them another source, or delete them first.</source>
        <translation>Ihnen eine andere Quelle geben oder sie erst löschen.</translation>
    </message>
    <message>
        <source>HOME is no absolute path, and the system knows no home of this user.</source>
        <translation>HOME ist kein absoluter Pfad, und das System kennt kein Heimatverzeichnis dieses Benutzers.</translation>
    </message>
    <message>
        <source>Have it somewhere with a shorter path (ROLECALL_HOME); then try again.</source>
        <translation>Legen Sie es an einen Ort mit kürzerem Pfad (ROLECALL_HOME); dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Have whoever owns that policy change it.</source>
        <translation>Wer die Richtlinie verantwortet, kann sie ändern.</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>IAM Identity Center (sso_…) of {0}</source>
        <translation>IAM Identity Center (sso_…) von {0}</translation>
    </message>
    <message>
        <source>IAM there needs the provider {0} with the audience {1}, and the trust policy the same.</source>
        <translation>IAM braucht dort den Anbieter {0} mit der Zielgruppe {1}, und die Vertrauensrichtlinie ebenso.</translation>
    </message>
    <message>
        <source>Id is a text.</source>
        <translation>Id ist ein Text.</translation>
    </message>
    <message>
        <source>Identities are each person's own: they are named here as sources, and not taken over.</source>
        <translation>Identitäten gehören jedem selbst: Hier sind sie als Quellen genannt und werden nicht übernommen.</translation>
    </message>
    <message>
        <source>If the role is meant for somebody else, choose another source.</source>
        <translation>Ist die Rolle für jemand anderen gedacht, eine andere Quelle wählen.</translation>
    </message>
    <message>
        <source>If these settings are right, enter it again in the provider's editor or with `rolecall provider add {0} --client-secret`. Saved without one, the provider has none.</source>
        <translation>Wenn diese Einstellungen stimmen, beim Anbieter oder mit `rolecall provider add {0} --client-secret` erneut eingeben. Ohne eines gespeichert, hat der Anbieter keines.</translation>
    </message>
    <message>
        <source>If this is the whole of it, ask whoever runs the provider to send fewer roles or attributes.</source>
        <translation>Wenn das alles ist, den Betreiber des Anbieters bitten, weniger Rollen oder Attribute zu senden.</translation>
    </message>
    <message>
        <source>If your company inspects connections, give its certificate: AWS_CA_BUNDLE, or ca_bundle in the settings. Otherwise somebody may be listening.</source>
        <translation>Wenn die Firma Verbindungen prüft, ihr Zertifikat angeben: AWS_CA_BUNDLE, oder ca_bundle in den Einstellungen. Andernfalls hört womöglich jemand mit.</translation>
    </message>
    <message>
        <source>Ignored: the attribute SessionDuration is 900 to 43200 seconds.</source>
        <translation>Übergangen: Das Attribut SessionDuration ist 900 bis 43200 Sekunden.</translation>
    </message>
    <message>
        <source>Import or add a profile first.</source>
        <translation>Erst ein Profil importieren oder hinzufügen.</translation>
    </message>
    <message>
        <source>In 1 account.</source>
        <translation>In 1 Konto.</translation>
    </message>
    <message>
        <source>In one account it is enough that the trust policy names who asks itself; else its own policies count.</source>
        <translation>Innerhalb eines Kontos genügt es, wenn die Vertrauensrichtlinie den Fragenden selbst nennt; sonst zählen dessen eigene Richtlinien.</translation>
    </message>
    <message>
        <source>In the IAM console choose “Show secret key” while the device is set up, or paste its otpauth:// URL.</source>
        <translation>In der IAM-Konsole beim Einrichten des Geräts „Geheimen Schlüssel anzeigen“ wählen oder dessen otpauth://-URL einfügen.</translation>
    </message>
    <message>
        <source>In your own browser it may work; what it posts to AWS can be pasted here.</source>
        <translation>Im eigenen Browser geht es womöglich; was er an AWS sendet, lässt sich hier einfügen.</translation>
    </message>
    <message>
        <source>In {0} accounts.</source>
        <translation>In {0} Konten.</translation>
    </message>
    <message>
        <source>Install what is missing, or sign in another way: paste a response, or let a command fetch it.</source>
        <translation>Fehlendes installieren oder anders anmelden: eine Antwort einfügen oder von einem Befehl holen lassen.</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>Ausgestellt</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Aussteller</translation>
    </message>
    <message>
        <source>It answered: {0}.</source>
        <translation>Die Antwort war: {0}.</translation>
    </message>
    <message>
        <source>It begins or ends with a blank.</source>
        <translation>Es beginnt oder endet mit einem Leerzeichen.</translation>
    </message>
    <message>
        <source>It begins with {&quot;Version&quot;: &quot;2012-10-17&quot;, …}.</source>
        <translation>Sie beginnt mit {&quot;Version&quot;: &quot;2012-10-17&quot;, …}.</translation>
    </message>
    <message>
        <source>It begins with “-”: the command line would take it for an option.</source>
        <translation>Es beginnt mit „-“: Die Befehlszeile hielte es für eine Option.</translation>
    </message>
    <message>
        <source>It belongs to account {0}; STS takes only policies of account {1}.</source>
        <translation>Sie gehört zu Konto {0}; STS nimmt nur Richtlinien aus Konto {1}.</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>Lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>It cannot be read from here.</source>
        <translation>Das lässt sich von hier nicht lesen.</translation>
    </message>
    <message>
        <source>It comes from the organization: an administrator of its management account can change it.</source>
        <translation>Sie kommt von der Organisation: Administratoren des Verwaltungskontos können sie ändern.</translation>
    </message>
    <message>
        <source>It could not be asked.</source>
        <translation>Danach ließ sich nicht fragen.</translation>
    </message>
    <message>
        <source>It could not be found out whether Rolecall starts with your session</source>
        <translation>Ob Rolecall mit der Sitzung startet, ließ sich nicht feststellen</translation>
    </message>
    <message>
        <source>It could not be read within {0} seconds</source>
        <translation>Binnen {0} Sekunden ließ es sich nicht lesen</translation>
    </message>
    <message>
        <source>It could not be started: {0}.</source>
        <translation>Starten ließ es sich nicht: {0}.</translation>
    </message>
    <message>
        <source>It did not say why.</source>
        <translation>Einen Grund nannte es nicht.</translation>
    </message>
    <message>
        <source>It does not name its key.</source>
        <translation>Es nennt seinen Schlüssel nicht.</translation>
    </message>
    <message>
        <source>It does not say when it was issued and when it expires.</source>
        <translation>Es sagt nicht, wann es ausgestellt wurde und wann es abläuft.</translation>
    </message>
    <message>
        <source>It does not say who it is about.</source>
        <translation>Es sagt nicht, um wen es geht.</translation>
    </message>
    <message>
        <source>It ended with status {0}. {1}</source>
        <translation>Es endete mit Status {0}. {1}</translation>
    </message>
    <message>
        <source>It expired {0} ago.</source>
        <translation>Vor {0} abgelaufen.</translation>
    </message>
    <message>
        <source>It gives no code for another device.</source>
        <translation>Es gibt keinen Code für ein anderes Gerät.</translation>
    </message>
    <message>
        <source>It goes through “{0}”, which is guarded and would be obtained anew.</source>
        <translation>Es geht über „{0}“, was geschützt ist und neu angefordert würde.</translation>
    </message>
    <message>
        <source>It has a token file ({0}), but names no role_arn.</source>
        <translation>Es hat eine Token-Datei ({0}), nennt aber keine role_arn.</translation>
    </message>
    <message>
        <source>It has a user's name before its host, or a backslash: it would lead elsewhere than it seems.</source>
        <translation>Vor dem Host steht ein Benutzername oder ein Rückstrich: Sie führte woandershin, als es scheint.</translation>
    </message>
    <message>
        <source>It has neither an encoded authorization message nor AWS's words for a refusal.</source>
        <translation>Es enthält weder eine verschlüsselte Autorisierungsmeldung noch die Worte, mit denen AWS ablehnt.</translation>
    </message>
    <message>
        <source>It has no claim sub, which AWS demands.</source>
        <translation>Es hat keinen Claim sub, den AWS verlangt.</translation>
    </message>
    <message>
        <source>It has no field SAMLResponse, or no value in it.</source>
        <translation>Es enthält kein Feld SAMLResponse, oder darin keinen Wert.</translation>
    </message>
    <message>
        <source>It has schema {0}; this version knows schema {1}.</source>
        <translation>Es hat Schema {0}; diese Version kennt Schema {1}.</translation>
    </message>
    <message>
        <source>It has schema {0}; this version knows schema {1}. It was left as it is.</source>
        <translation>Es hat Schema {0}; diese Version kennt Schema {1}. Es blieb, wie es war.</translation>
    </message>
    <message>
        <source>It has schema {0}; this version writes schema {1}.</source>
        <translation>Es hat Schema {0}; diese Version schreibt Schema {1}.</translation>
    </message>
    <message>
        <source>It has several audiences and does not say for which of them it was made.</source>
        <translation>Es hat mehrere Zielgruppen und sagt nicht, für welche davon es gemacht ist.</translation>
    </message>
    <message>
        <source>It has {0} bits; a device has {1} or more. A part is missing.</source>
        <translation>Es hat {0} Bit; ein Gerät hat {1} oder mehr. Ein Teil fehlt.</translation>
    </message>
    <message>
        <source>It has {0} characters; AWS takes {1} to {2}.</source>
        <translation>Es hat {0} Zeichen; AWS nimmt {1} bis {2}.</translation>
    </message>
    <message>
        <source>It has {0} characters; {1} are possible.</source>
        <translation>Es hat {0} Zeichen; möglich sind {1}.</translation>
    </message>
    <message>
        <source>It has {0}, which no SAML message may have.</source>
        <translation>Es enthält {0}, was keine SAML-Nachricht darf.</translation>
    </message>
    <message>
        <source>It holds a blank, a line break, or a character that no secret access key has.</source>
        <translation>Es enthält ein Leerzeichen, einen Zeilenumbruch oder ein Zeichen, das in keinem geheimen Zugriffsschlüssel vorkommt.</translation>
    </message>
    <message>
        <source>It holds a character that no command line can carry.</source>
        <translation>Es enthält ein Zeichen, das keine Befehlszeile tragen kann.</translation>
    </message>
    <message>
        <source>It holds a line break, a tab or a control character.</source>
        <translation>Es enthält einen Zeilenumbruch, einen Tabulator oder ein Steuerzeichen.</translation>
    </message>
    <message>
        <source>It holds a line break, a tab or another character that cannot be seen.</source>
        <translation>Es enthält einen Zeilenumbruch, einen Tabulator oder ein anderes unsichtbares Zeichen.</translation>
    </message>
    <message>
        <source>It holds bytes that are not UTF-8: AWS tools stop with an error.</source>
        <translation>Sie enthält Bytes, die nicht UTF-8 sind: AWS-Werkzeuge brechen mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>It holds something else than text.</source>
        <translation>Es enthält etwas anderes als Text.</translation>
    </message>
    <message>
        <source>It is a SAML provider: it gives no code for another device.</source>
        <translation>Es ist ein SAML-Anbieter: Der gibt keinen Code für ein anderes Gerät.</translation>
    </message>
    <message>
        <source>It is a device, pipe or socket</source>
        <translation>Es ist ein Gerät, eine Pipe oder ein Socket</translation>
    </message>
    <message>
        <source>It is a session of the IAM user itself (GetSessionToken), and AWS takes no session policy there.</source>
        <translation>Es ist eine Sitzung des IAM-Benutzers selbst (GetSessionToken), und dort nimmt AWS keine Sitzungsrichtlinie.</translation>
    </message>
    <message>
        <source>It is a token of another kind, not an ID token.</source>
        <translation>Es ist ein Token anderer Art, kein ID-Token.</translation>
    </message>
    <message>
        <source>It is about somebody else than the one who signed in.</source>
        <translation>Es betrifft jemand anderen als den, der sich angemeldet hat.</translation>
    </message>
    <message>
        <source>It is already here, as “{0}”.</source>
        <translation>Es ist schon hier, als „{0}“.</translation>
    </message>
    <message>
        <source>It is an OpenID Connect provider.</source>
        <translation>Es ist ein OpenID-Connect-Anbieter.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Es ist leer.</translation>
    </message>
    <message>
        <source>It is far too long.</source>
        <translation>Es ist viel zu lang.</translation>
    </message>
    <message>
        <source>It is for another service, or the provider was not told which roles you have.</source>
        <translation>Es ist für einen anderen Dienst, oder der Anbieter weiß nichts von den Rollen.</translation>
    </message>
    <message>
        <source>It is good for {0}; AWS may refuse more than 24 h.</source>
        <translation>Es gilt {0}; mehr als 24 h lehnt AWS womöglich ab.</translation>
    </message>
    <message>
        <source>It is in account {0}; the others of its group are in {1}.</source>
        <translation>Es ist in Konto {0}; die anderen seiner Gruppe sind in {1}.</translation>
    </message>
    <message>
        <source>It is in the partition {0}, the role in {1}.</source>
        <translation>Sie ist in der Partition {0}, die Rolle in {1}.</translation>
    </message>
    <message>
        <source>It is indented, and so changes what tools read from [{0}].</source>
        <translation>Sie ist eingerückt und ändert so, was Werkzeuge aus [{0}] lesen.</translation>
    </message>
    <message>
        <source>It is its own source_profile, but holds no keys.</source>
        <translation>Es ist sein eigenes source_profile, hat aber keine Schlüssel.</translation>
    </message>
    <message>
        <source>It is larger than {0} KiB.</source>
        <translation>Es ist größer als {0} KiB.</translation>
    </message>
    <message>
        <source>It is longer than {0} KiB.</source>
        <translation>Es ist länger als {0} KiB.</translation>
    </message>
    <message>
        <source>It is neither base64 nor XML, or a part is missing.</source>
        <translation>Es ist weder base64 noch XML, oder ein Teil fehlt.</translation>
    </message>
    <message>
        <source>It is neither https nor http to this machine.</source>
        <translation>Es ist weder https noch http zu diesem Rechner.</translation>
    </message>
    <message>
        <source>It is nested too deeply.</source>
        <translation>Es ist zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>It is no TOML: {0}.</source>
        <translation>Es ist kein TOML: {0}.</translation>
    </message>
    <message>
        <source>It is no longer as it was shown</source>
        <translation>Es ist nicht mehr, wie es gezeigt wurde</translation>
    </message>
    <message>
        <source>It is no longer in the AWS config file.</source>
        <translation>Es steht nicht mehr in der AWS-Konfigurationsdatei.</translation>
    </message>
    <message>
        <source>It is no text: something else wrote it.</source>
        <translation>Er ist kein Text: etwas anderes hat ihn geschrieben.</translation>
    </message>
    <message>
        <source>It is not a URL with a host.</source>
        <translation>Es ist keine URL mit einem Host.</translation>
    </message>
    <message>
        <source>It is not a URL.</source>
        <translation>Es ist keine URL.</translation>
    </message>
    <message>
        <source>It is not a regular file.</source>
        <translation>Es ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>It is not good for another {0}.</source>
        <translation>Es gilt keine {0} mehr.</translation>
    </message>
    <message>
        <source>It is not in the file.</source>
        <translation>Es steht nicht in der Datei.</translation>
    </message>
    <message>
        <source>It is not known where your files are</source>
        <translation>Es ist nicht bekannt, wo Ihre Dateien liegen</translation>
    </message>
    <message>
        <source>It is not the URL of an HTTP proxy; SOCKS is not supported.</source>
        <translation>Es ist nicht die URL eines HTTP-Proxys; SOCKS wird nicht unterstützt.</translation>
    </message>
    <message>
        <source>It is not the answer to what was asked: its nonce is another one, or missing.</source>
        <translation>Es ist nicht die Antwort auf die Frage: Die Nonce ist eine andere oder fehlt.</translation>
    </message>
    <message>
        <source>It is set to be assumed only after a person has typed its name, or held the button down.</source>
        <translation>Es soll erst angenommen werden, wenn jemand den Namen eingegeben oder die Schaltfläche gehalten hat.</translation>
    </message>
    <message>
        <source>It is signed with a key that the provider does not publish.</source>
        <translation>Es ist mit einem Schlüssel signiert, den der Anbieter nicht veröffentlicht.</translation>
    </message>
    <message>
        <source>It is signed with {0}; AWS takes {1}.</source>
        <translation>Es ist mit {0} signiert; AWS nimmt {1}.</translation>
    </message>
    <message>
        <source>It is signed with “{0}”.</source>
        <translation>Es ist mit „{0}“ signiert.</translation>
    </message>
    <message>
        <source>It is the profile of {0}, but cannot be used as it stands in the settings file.</source>
        <translation>Es ist das Profil von {0}, ist aber so, wie es in der Einstellungsdatei steht, unbrauchbar.</translation>
    </message>
    <message>
        <source>It is what every AWS tool uses when no profile is named.</source>
        <translation>Das verwendet jedes AWS-Werkzeug, dem kein Profil genannt wird.</translation>
    </message>
    <message>
        <source>It is what was asked of the provider, before the sign-in.</source>
        <translation>Es ist, worum der Anbieter vor der Anmeldung gebeten wurde.</translation>
    </message>
    <message>
        <source>It is {0}, but stands in neither file: AWS tools stop with an error.</source>
        <translation>Das ist {0}, steht aber in keiner der beiden Dateien: AWS-Werkzeuge brechen mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>It is {0}.</source>
        <translation>Das ist {0}.</translation>
    </message>
    <message>
        <source>It lists no such role.</source>
        <translation>Sie führt keine solche Rolle auf.</translation>
    </message>
    <message>
        <source>It lists {0}, {1} of them in this account.</source>
        <translation>Sie führt {0} auf, {1} davon in diesem Konto.</translation>
    </message>
    <message>
        <source>It lists {0}: upper and lower case count.</source>
        <translation>Sie führt {0} auf: Groß- und Kleinschreibung zählt.</translation>
    </message>
    <message>
        <source>It looks like arn:aws:iam::123456789012:role/NAME; copy it from the role's page in the IAM console.</source>
        <translation>Sie sieht aus wie arn:aws:iam::123456789012:role/NAME; auf der Seite der Rolle in der IAM-Konsole steht sie.</translation>
    </message>
    <message>
        <source>It looks like arn:aws:iam::123456789012:saml-provider/NAME.</source>
        <translation>Sie sieht aus wie arn:aws:iam::123456789012:saml-provider/NAME.</translation>
    </message>
    <message>
        <source>It may have been removed elsewhere.</source>
        <translation>Womöglich wurde es anderswo entfernt.</translation>
    </message>
    <message>
        <source>It may have no user, query or fragment.</source>
        <translation>Sie darf weder Benutzer noch Abfrage noch Fragment enthalten.</translation>
    </message>
    <message>
        <source>It must not be empty, nor begin or end with a blank.</source>
        <translation>Es darf weder leer sein noch mit einem Leerzeichen beginnen oder enden.</translation>
    </message>
    <message>
        <source>It must not contain control characters, line breaks or a closing square bracket.</source>
        <translation>Es darf weder Steuerzeichen noch Zeilenumbrüche noch eine schließende eckige Klammer enthalten.</translation>
    </message>
    <message>
        <source>It names account {0}, but the role is one of {1}.</source>
        <translation>Es nennt Konto {0}, doch die Rolle ist aus {1}.</translation>
    </message>
    <message>
        <source>It names no audience.</source>
        <translation>Sie nennt keine Zielgruppe.</translation>
    </message>
    <message>
        <source>It names no issuer.</source>
        <translation>Sie nennt keinen Aussteller.</translation>
    </message>
    <message>
        <source>It names no recipient.</source>
        <translation>Sie nennt keinen Empfänger.</translation>
    </message>
    <message>
        <source>It names no source_profile, so nothing says whose keys to use.</source>
        <translation>Es nennt kein source_profile; niemand sagt also, wessen Schlüssel gelten.</translation>
    </message>
    <message>
        <source>It offers no role at all.</source>
        <translation>Sie bietet gar keine Rolle an.</translation>
    </message>
    <message>
        <source>It offers no sign-in by device code.</source>
        <translation>Er bietet keine Anmeldung mit Gerätecode.</translation>
    </message>
    <message>
        <source>It offers no sign-in in the browser.</source>
        <translation>Er bietet keine Anmeldung im Browser.</translation>
    </message>
    <message>
        <source>It offers {0}{1}.</source>
        <translation>Angeboten: {0}{1}.</translation>
    </message>
    <message>
        <source>It printed more than {0} KiB.</source>
        <translation>Er gab mehr als {0} KiB aus.</translation>
    </message>
    <message>
        <source>It printed nothing.</source>
        <translation>Er gab nichts aus.</translation>
    </message>
    <message>
        <source>It printed something else than six digits.</source>
        <translation>Er gab etwas anderes als sechs Ziffern aus.</translation>
    </message>
    <message>
        <source>It printed something else than text.</source>
        <translation>Er gab etwas anderes als Text aus.</translation>
    </message>
    <message>
        <source>It renewed the sign-in, but AWS takes nothing else.</source>
        <translation>Die Anmeldung wurde erneuert, aber anderes nimmt AWS nicht.</translation>
    </message>
    <message>
        <source>It runs in the home directory, but nobody knows where that is.</source>
        <translation>Er läuft im Benutzerordner, doch niemand weiß, wo der ist.</translation>
    </message>
    <message>
        <source>It runs in the home directory, but there is none.</source>
        <translation>Er läuft im Benutzerordner, doch es gibt keinen.</translation>
    </message>
    <message>
        <source>It said: {0}.</source>
        <translation>Es sagte: {0}.</translation>
    </message>
    <message>
        <source>It seems to be mounted into a container as a single file: mount its directory instead.</source>
        <translation>Sie ist wohl als einzelne Datei in einen Container eingehängt: stattdessen den Ordner einhängen.</translation>
    </message>
    <message>
        <source>It signs in through IAM Identity Center, which Rolecall does not do.</source>
        <translation>Es meldet sich über IAM Identity Center an, was Rolecall nicht kann.</translation>
    </message>
    <message>
        <source>It signs in with the AWS CLI's own login (login_session).</source>
        <translation>Es meldet sich mit der eigenen Anmeldung der AWS CLI an (login_session).</translation>
    </message>
    <message>
        <source>It stands at the end of too long a chain.</source>
        <translation>Es steht am Ende einer zu langen Kette.</translation>
    </message>
    <message>
        <source>It stands twice.</source>
        <translation>Es steht zweimal da.</translation>
    </message>
    <message>
        <source>It took longer than {0} seconds.</source>
        <translation>Er brauchte länger als {0} Sekunden.</translation>
    </message>
    <message>
        <source>It took longer than {0} seconds; perhaps it is locked and waits for its password.</source>
        <translation>Es brauchte länger als {0} Sekunden; womöglich ist er gesperrt und wartet auf sein Passwort.</translation>
    </message>
    <message>
        <source>It vouches for nobody.</source>
        <translation>Sie bürgt für niemanden.</translation>
    </message>
    <message>
        <source>It wants programs to prove themselves by {0}.</source>
        <translation>Er verlangt, dass Programme sich durch {0} ausweisen.</translation>
    </message>
    <message>
        <source>It was changed after it was looked at. Nothing was taken over.</source>
        <translation>Sie wurde nach dem Ansehen geändert. Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>It was good until {0} ago.</source>
        <translation>Es galt bis vor {0}.</translation>
    </message>
    <message>
        <source>It was issued {0} ago; STS takes an assertion for 5 minutes.</source>
        <translation>Sie wurde vor {0} ausgestellt; STS nimmt eine Assertion 5 Minuten lang.</translation>
    </message>
    <message>
        <source>It was issued {0} from now.</source>
        <translation>Sie ist auf {0} in der Zukunft ausgestellt.</translation>
    </message>
    <message>
        <source>It was made for another program: its audience is not our client_id.</source>
        <translation>Es ist für ein anderes Programm gemacht: Die Zielgruppe ist nicht unsere client_id.</translation>
    </message>
    <message>
        <source>It was made for another program: its authorized party (azp) is not our client_id.</source>
        <translation>Es ist für ein anderes Programm gemacht: Der Berechtigte (azp) ist nicht unsere client_id.</translation>
    </message>
    <message>
        <source>It was not entered for the issuer, client ID and addresses that the settings name now, so it is not sent to {0}.</source>
        <translation>Es wurde nicht für Aussteller, Client-ID und Adressen eingegeben, die jetzt in den Einstellungen stehen, und wird darum nicht an {0} gesendet.</translation>
    </message>
    <message>
        <source>Its account pin is another one than the one here. A file may only make guards stricter.</source>
        <translation>Die Kontobindung ist eine andere als die hiesige. Eine Datei darf Schutzmaßnahmen nur verschärfen.</translation>
    </message>
    <message>
        <source>Its audience is “{0}”.</source>
        <translation>Die Zielgruppe ist „{0}“.</translation>
    </message>
    <message>
        <source>Its codes are set to come from the keyring, but the keyring has none.</source>
        <translation>Die Codes sollen aus dem Schlüsselbund kommen, doch der hat keine.</translation>
    </message>
    <message>
        <source>Its duration_seconds is no number.</source>
        <translation>Die duration_seconds sind keine Zahl.</translation>
    </message>
    <message>
        <source>Its duration_seconds is not possible. {0}</source>
        <translation>Die duration_seconds sind nicht möglich. {0}</translation>
    </message>
    <message>
        <source>Its header demands what is not understood here.</source>
        <translation>Der Kopf verlangt, was hier nicht verstanden wird.</translation>
    </message>
    <message>
        <source>Its issuer is “{0}”, the one that is set is “{1}”.</source>
        <translation>Der Aussteller ist „{0}“, eingestellt ist „{1}“.</translation>
    </message>
    <message>
        <source>Its key ID, secret or session token is empty or has characters that none can have.</source>
        <translation>Schlüssel-ID, Geheimnis oder Sitzungstoken ist leer oder enthält unmögliche Zeichen.</translation>
    </message>
    <message>
        <source>Its key cannot be used: {0}</source>
        <translation>Der Schlüssel ist unbrauchbar: {0}</translation>
    </message>
    <message>
        <source>Its keys come from a program (credential_process).</source>
        <translation>Die Schlüssel kommen von einem Programm (credential_process).</translation>
    </message>
    <message>
        <source>Its lease is longer than the one here. A file may only make guards stricter.</source>
        <translation>Die Leihfrist ist länger als die hiesige. Eine Datei darf Schutzmaßnahmen nur verschärfen.</translation>
    </message>
    <message>
        <source>Its login page opens in Rolecall's window only.</source>
        <translation>Die Anmeldeseite öffnet sich nur im Fenster von Rolecall.</translation>
    </message>
    <message>
        <source>Its mode is {0}.</source>
        <translation>Die Rechte sind {0}.</translation>
    </message>
    <message>
        <source>Its mode is {0}. Rolecall keeps the mode of a file it did not create.</source>
        <translation>Die Rechte sind {0}. Rolecall belässt die Rechte einer Datei, die es nicht angelegt hat.</translation>
    </message>
    <message>
        <source>Its password was not given.</source>
        <translation>Das Passwort wurde nicht angegeben.</translation>
    </message>
    <message>
        <source>Its path has to be a whole one.</source>
        <translation>Der Pfad muss vollständig sein.</translation>
    </message>
    <message>
        <source>Its path is {0}.</source>
        <translation>Der Pfad ist {0}.</translation>
    </message>
    <message>
        <source>Its period has to be {0} seconds: AWS takes no others.</source>
        <translation>Die Periode muss {0} Sekunden sein: Andere nimmt AWS nicht.</translation>
    </message>
    <message>
        <source>Its recipient is “{0}”.</source>
        <translation>Der Empfänger ist „{0}“.</translation>
    </message>
    <message>
        <source>Its section of the credentials file was changed, not by Rolecall.</source>
        <translation>Der zugehörige Abschnitt der Anmeldedaten-Datei wurde geändert, nicht von Rolecall.</translation>
    </message>
    <message>
        <source>Its section was no longer in the credentials file when it was to be renewed.</source>
        <translation>Der zugehörige Abschnitt stand nicht mehr in der Anmeldedaten-Datei, als er zu erneuern war.</translation>
    </message>
    <message>
        <source>Its section was removed from the credentials file, not by Rolecall.</source>
        <translation>Der zugehörige Abschnitt wurde aus der Anmeldedaten-Datei entfernt, nicht von Rolecall.</translation>
    </message>
    <message>
        <source>Its service does not run, or has no place to keep things in.</source>
        <translation>Der zugehörige Dienst läuft nicht oder hat keinen Ort zum Aufbewahren.</translation>
    </message>
    <message>
        <source>Its signature is not the provider's.</source>
        <translation>Die Signatur ist nicht die des Anbieters.</translation>
    </message>
    <message>
        <source>Its source is the machine itself (credential_source = {0}).</source>
        <translation>Die Quelle ist der Rechner selbst (credential_source = {0}).</translation>
    </message>
    <message>
        <source>Its source_profile leads back to itself.</source>
        <translation>Das source_profile führt zu sich selbst zurück.</translation>
    </message>
    <message>
        <source>Its source_profile “{0}” cannot be taken over. {1}</source>
        <translation>Das source_profile „{0}“ lässt sich nicht übernehmen. {1}</translation>
    </message>
    <message>
        <source>Its source_profile “{0}” does not exist.</source>
        <translation>Das source_profile „{0}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>Its source_profile “{0}” has keys that cannot be used. {1}</source>
        <translation>Das source_profile „{0}“ hat unbrauchbare Schlüssel. {1}</translation>
    </message>
    <message>
        <source>Its source_profile “{0}” {1}.</source>
        <translation>Das source_profile „{0}“ {1}.</translation>
    </message>
    <message>
        <source>Its token stands in a file.</source>
        <translation>Das Token steht in einer Datei.</translation>
    </message>
    <message>
        <source>Its {0} is no absolute path.</source>
        <translation>{0} ist kein vollständiger Pfad.</translation>
    </message>
    <message>
        <source>Join or rename the two.</source>
        <translation>Beide zusammenführen oder umbenennen.</translation>
    </message>
    <message>
        <source>Key IDs that begin with {0} belong to sessions. An IAM user's begin with AKIA.</source>
        <translation>Schlüssel-IDs, die mit {0} beginnen, gehören zu Sitzungen. Die eines IAM-Benutzers beginnen mit AKIA.</translation>
    </message>
    <message>
        <source>Key Management</source>
        <translation>Schlüsselverwaltung</translation>
    </message>
    <message>
        <source>Key {0} is configured, but its secret half was never stored here.</source>
        <translation>Schlüssel {0} ist eingestellt, aber seine geheime Hälfte wurde hier nie abgelegt.</translation>
    </message>
    <message>
        <source>Key {0}.</source>
        <translation>Schlüssel {0}.</translation>
    </message>
    <message>
        <source>Keys and values stand in an object.</source>
        <translation>Schlüssel und Werte stehen in einem Objekt.</translation>
    </message>
    <message>
        <source>Known are {0}.</source>
        <translation>Bekannt sind {0}.</translation>
    </message>
    <message>
        <source>Lambda</source>
        <translation>Lambda</translation>
    </message>
    <message>
        <source>Leave --device out: the browser is opened instead.</source>
        <translation>--device weglassen: Dann öffnet sich der Browser.</translation>
    </message>
    <message>
        <source>Leave --device out; --assertion FILE takes a response from a browser.</source>
        <translation>--device weglassen; --assertion FILE nimmt eine Antwort aus einem Browser.</translation>
    </message>
    <message>
        <source>Leave it as it is until then.</source>
        <translation>Bis dahin lassen, wie es ist.</translation>
    </message>
    <message>
        <source>Leave some out; nothing was sent.</source>
        <translation>Einige weglassen; nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>Leave the response out: the browser is opened instead.</source>
        <translation>Die Antwort weglassen: Dann öffnet sich der Browser.</translation>
    </message>
    <message>
        <source>Leave the way of signing in out.</source>
        <translation>Den Anmeldeweg weglassen.</translation>
    </message>
    <message>
        <source>Leave the way out: nobody has to sign in there.</source>
        <translation>Den Weg weglassen: Dort muss sich niemand anmelden.</translation>
    </message>
    <message>
        <source>Let an administrator allow sts:AssumeRoleWithSAML{0} for {1} in the role's trust policy, and compare the policy's condition SAML:aud with the recipient.</source>
        <translation>In der Vertrauensrichtlinie der Rolle sts:AssumeRoleWithSAML{0} für {1} erlauben lassen (Administrator) und deren Bedingung SAML:aud mit dem Empfänger vergleichen.</translation>
    </message>
    <message>
        <source>Let an administrator of the account</source>
        <translation>Einen Administrator des Kontos bitten,</translation>
    </message>
    <message>
        <source>Let an administrator of the account compare the SAML provider's metadata in the IAM console with the provider's own. A response pasted as XML counts only unchanged, to the last blank.</source>
        <translation>Einen Administrator des Kontos bitten, die Metadaten des SAML-Anbieters in der IAM-Konsole mit denen des Anbieters selbst zu vergleichen. Eine als XML eingefügte Antwort gilt nur unverändert, bis zum letzten Leerzeichen.</translation>
    </message>
    <message>
        <source>Let one of them start from an identity or a provider.</source>
        <translation>Eines davon von einer Identität oder einem Anbieter ausgehen lassen.</translation>
    </message>
    <message>
        <source>Let the lock service of this network share run, or have the file on a local disk; then try again.</source>
        <translation>Lassen Sie den Sperrdienst dieser Netzfreigabe laufen, oder legen Sie die Datei auf einen lokalen Datenträger; dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Let the profile start from an identity with MFA.</source>
        <translation>Das Profil von einer Identität mit MFA ausgehen lassen.</translation>
    </message>
    <message>
        <source>Let the provider allow this client the authorization code with PKCE, or the device grant.</source>
        <translation>Beim Anbieter für diesen Client den Autorisierungscode mit PKCE oder die Geräteanmeldung erlauben lassen.</translation>
    </message>
    <message>
        <source>Let the provider sign this client's ID tokens with RS256.</source>
        <translation>Den Anbieter die ID-Token dieses Clients mit RS256 signieren lassen.</translation>
    </message>
    <message>
        <source>Let this share's lock service run, or choose a file on a local disk with AWS_SHARED_CREDENTIALS_FILE.</source>
        <translation>Lassen Sie den Sperrdienst dieser Freigabe laufen, oder wählen Sie mit AWS_SHARED_CREDENTIALS_FILE eine Datei auf einem lokalen Datenträger.</translation>
    </message>
    <message>
        <source>Let whatever provides it provide a new one.</source>
        <translation>Was immer es liefert, ein neues liefern lassen.</translation>
    </message>
    <message>
        <source>Lifetime</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>Likely causes: {0}; or the profile's source is the wrong one.</source>
        <translation>Mögliche Ursachen: {0}; oder die Quelle des Profils ist die falsche.</translation>
    </message>
    <message>
        <source>Line {0} cannot be read</source>
        <translation>Zeile {0} lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Line {0} is not UTF-8 text.</source>
        <translation>Zeile {0} ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>Line {0} of the config file is neither a section, nor a key with its value, nor a comment</source>
        <translation>Zeile {0} der Konfigurationsdatei ist weder ein Abschnitt noch ein Schlüssel mit seinem Wert noch ein Kommentar</translation>
    </message>
    <message>
        <source>Line {0} of the credentials file is read as a part of the value above it</source>
        <translation>Zeile {0} der Anmeldedaten-Datei wird als Teil des Werts darüber gelesen</translation>
    </message>
    <message>
        <source>Line {0} of the credentials file {1}</source>
        <translation>Zeile {0} der Anmeldedaten-Datei {1}</translation>
    </message>
    <message>
        <source>Line {0} of the credentials file: {1}.</source>
        <translation>Zeile {0} der Anmeldedaten-Datei: {1}.</translation>
    </message>
    <message>
        <source>Line {0}: it was not written by this installation.{1}</source>
        <translation>Zeile {0}: Sie wurde nicht von dieser Installation geschrieben.{1}</translation>
    </message>
    <message>
        <source>Line {0}: they expired on {1} UTC. Rolecall has set this section aside, and puts it back when [{2}] is stopped.</source>
        <translation>Zeile {0}: Abgelaufen am {1} UTC. Rolecall hat diesen Abschnitt beiseitegelegt und legt ihn zurück, wenn [{2}] beendet wird.</translation>
    </message>
    <message>
        <source>Line {0}: they expired on {1} UTC. {2}</source>
        <translation>Zeile {0}: Abgelaufen am {1} UTC. {2}</translation>
    </message>
    <message>
        <source>Longer than a chained role can last</source>
        <translation>Länger, als eine verkettete Rolle halten kann</translation>
    </message>
    <message>
        <source>Longer than the role allows</source>
        <translation>Länger, als die Rolle erlaubt</translation>
    </message>
    <message>
        <source>Look again, then choose again.</source>
        <translation>Erneut nachsehen, dann noch einmal wählen.</translation>
    </message>
    <message>
        <source>Look at it again.</source>
        <translation>Noch einmal ansehen.</translation>
    </message>
    <message>
        <source>Look at the list again.</source>
        <translation>Die Liste noch einmal ansehen.</translation>
    </message>
    <message>
        <source>Look for a password prompt on the desktop, unlock the keyring, and try again.</source>
        <translation>Auf dem Desktop nach einer Passwortabfrage sehen, den Schlüsselbund entsperren und erneut versuchen.</translation>
    </message>
    <message>
        <source>MFA code for {0}</source>
        <translation>MFA-Code für {0}</translation>
    </message>
    <message>
        <source>MFA session</source>
        <translation>MFA-Sitzung</translation>
    </message>
    <message>
        <source>Make one of a role, or of a federated user.</source>
        <translation>Eines daraus machen: eine Rolle oder einen föderierten Benutzer.</translation>
    </message>
    <message>
        <source>Make the file yours (chown), or choose another file with AWS_SHARED_CREDENTIALS_FILE.</source>
        <translation>Die Datei zu der eigenen machen (chown) oder mit AWS_SHARED_CREDENTIALS_FILE eine andere wählen.</translation>
    </message>
    <message>
        <source>More than {0} levels deep.</source>
        <translation>Mehr als {0} Ebenen tief.</translation>
    </message>
    <message>
        <source>Move away the file that stands there, or set AWS_SHARED_CREDENTIALS_FILE to another path.</source>
        <translation>Legen Sie die Datei, die dort steht, woandershin, oder setzen Sie AWS_SHARED_CREDENTIALS_FILE auf einen anderen Pfad.</translation>
    </message>
    <message>
        <source>Move away what stands in the place of the file, then try again.</source>
        <translation>Legen Sie weg, was an der Stelle der Datei steht, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Move the directory away, or set AWS_SHARED_CREDENTIALS_FILE to a file.</source>
        <translation>Den Ordner wegbewegen oder AWS_SHARED_CREDENTIALS_FILE auf eine Datei setzen.</translation>
    </message>
    <message>
        <source>Move the keys to the keyring, or chmod 600 the file.</source>
        <translation>Die Schlüssel in den Schlüsselbund legen oder die Datei auf chmod 600 setzen.</translation>
    </message>
    <message>
        <source>Name profile.NAME, identity.NAME, aws, or aws.NAME.</source>
        <translation>profile.NAME, identity.NAME, aws oder aws.NAME angeben.</translation>
    </message>
    <message>
        <source>Names that end with {0} are kept for sections that were set aside.</source>
        <translation>Namen, die auf {0} enden, sind beiseitegelegten Abschnitten vorbehalten.</translation>
    </message>
    <message>
        <source>Neither Secret Service, KWallet, Keychain nor Credential Manager was found.</source>
        <translation>Weder Secret Service noch KWallet, Schlüsselbund (macOS) oder Anmeldeinformationsverwaltung wurde gefunden.</translation>
    </message>
    <message>
        <source>No TOTP secret is stored for “{0}”</source>
        <translation>Für „{0}“ ist kein TOTP-Geheimnis abgelegt</translation>
    </message>
    <message>
        <source>No address is known for {host}.</source>
        <translation>Für {host} ist keine Adresse bekannt.</translation>
    </message>
    <message>
        <source>No answer came back within {0} min.{1}</source>
        <translation>Binnen {0} min kam keine Antwort zurück.{1}</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Keine rechtzeitige Antwort</translation>
    </message>
    <message>
        <source>No browser could be opened</source>
        <translation>Es ließ sich kein Browser öffnen</translation>
    </message>
    <message>
        <source>No folder of PATH has such a program.</source>
        <translation>In keinem Ordner von PATH gibt es ein solches Programm.</translation>
    </message>
    <message>
        <source>No live session can decode the message</source>
        <translation>Keine laufende Sitzung kann die Meldung entschlüsseln</translation>
    </message>
    <message>
        <source>No permission for the credentials file</source>
        <translation>Keine Berechtigung für die Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>No port on {0} could be opened: {1}.</source>
        <translation>Auf {0} ließ sich kein Port öffnen: {1}.</translation>
    </message>
    <message>
        <source>No public console sign-in</source>
        <translation>Keine öffentliche Konsolenanmeldung</translation>
    </message>
    <message>
        <source>No request for {0} was sent.</source>
        <translation>Für {0} wurde keine Anfrage gesendet.</translation>
    </message>
    <message>
        <source>No session lasts longer, whatever it asks for.</source>
        <translation>Keine Sitzung hält länger, was immer sie verlangt.</translation>
    </message>
    <message>
        <source>No such AWS partition</source>
        <translation>Keine solche AWS-Partition</translation>
    </message>
    <message>
        <source>No such console page</source>
        <translation>Keine solche Konsolenseite</translation>
    </message>
    <message>
        <source>Nobody could be asked for its account</source>
        <translation>Niemand ließ sich nach dem Konto fragen</translation>
    </message>
    <message>
        <source>Nobody signed in</source>
        <translation>Niemand hat sich angemeldet</translation>
    </message>
    <message>
        <source>Nobody to ask about</source>
        <translation>Niemand, nach dem zu fragen wäre</translation>
    </message>
    <message>
        <source>None of the places below has any.</source>
        <translation>An keinem der Orte unten stehen welche.</translation>
    </message>
    <message>
        <source>None was sent. Roles for other companies mostly demand one.</source>
        <translation>Gesendet wurde keine. Rollen für andere Firmen verlangen meist eine.</translation>
    </message>
    <message>
        <source>None was sent.{0} If the trust policy has the condition {1}, that is the reason.</source>
        <translation>Gesendet wurde keine.{0} Hat die Vertrauensrichtlinie die Bedingung {1}, so liegt es daran.</translation>
    </message>
    <message>
        <source>Not a SAML provider's ARN</source>
        <translation>Keine ARN eines SAML-Anbieters</translation>
    </message>
    <message>
        <source>Not a URL</source>
        <translation>Keine URL</translation>
    </message>
    <message>
        <source>Not a console service</source>
        <translation>Kein Dienst der Konsole</translation>
    </message>
    <message>
        <source>Not a proxy's URL</source>
        <translation>Keine URL eines Proxys</translation>
    </message>
    <message>
        <source>Not a role's ARN</source>
        <translation>Keine ARN einer Rolle</translation>
    </message>
    <message>
        <source>Not a scope</source>
        <translation>Kein Scope</translation>
    </message>
    <message>
        <source>Not a secret access key</source>
        <translation>Kein geheimer Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>Not a source</source>
        <translation>Keine Quelle</translation>
    </message>
    <message>
        <source>Not an AWS region</source>
        <translation>Keine AWS-Region</translation>
    </message>
    <message>
        <source>Not an MFA device</source>
        <translation>Kein MFA-Gerät</translation>
    </message>
    <message>
        <source>Not an access key ID</source>
        <translation>Keine Zugriffsschlüssel-ID</translation>
    </message>
    <message>
        <source>Not an account ID</source>
        <translation>Keine Konto-ID</translation>
    </message>
    <message>
        <source>Not an address where AWS takes SAML responses.</source>
        <translation>Keine Adresse, an der AWS SAML-Antworten annimmt.</translation>
    </message>
    <message>
        <source>Not an argument</source>
        <translation>Kein Argument</translation>
    </message>
    <message>
        <source>Not an encoded authorization message</source>
        <translation>Keine verschlüsselte Autorisierungsmeldung</translation>
    </message>
    <message>
        <source>Not an issuer</source>
        <translation>Kein Aussteller</translation>
    </message>
    <message>
        <source>Not the client ID that is set: {0}.</source>
        <translation>Nicht die eingestellte Client-ID: {0}.</translation>
    </message>
    <message>
        <source>Not the client ID that is set; AWS takes this for the audience.</source>
        <translation>Nicht die eingestellte Client-ID; AWS nimmt dies als Zielgruppe.</translation>
    </message>
    <message>
        <source>Not the issuer that is set: {0}.</source>
        <translation>Nicht der eingestellte Aussteller: {0}.</translation>
    </message>
    <message>
        <source>Not the secret of an MFA device</source>
        <translation>Nicht das Geheimnis eines MFA-Geräts</translation>
    </message>
    <message>
        <source>Not valid yet.</source>
        <translation>Noch nicht gültig.</translation>
    </message>
    <message>
        <source>Nothing is known about {0}, and it was not chosen by a person.</source>
        <translation>Über {0} ist nichts bekannt, und niemand hat es gewählt.</translation>
    </message>
    <message>
        <source>Nothing is open that another browser could open too.</source>
        <translation>Es ist nichts offen, was auch ein anderer Browser öffnen könnte.</translation>
    </message>
    <message>
        <source>Nothing went wrong last.</source>
        <translation>Zuletzt ging nichts schief.</translation>
    </message>
    <message>
        <source>Numbers look like 12, 0.5 or 1e3.</source>
        <translation>Zahlen sehen aus wie 12, 0.5 oder 1e3.</translation>
    </message>
    <message>
        <source>Obtain new ones, or remove the section: AWS tools go on sending the old ones.</source>
        <translation>Neue anfordern oder den Abschnitt entfernen: AWS-Werkzeuge senden die alten weiter.</translation>
    </message>
    <message>
        <source>Obtain the credentials again; if this stays, look at what answered in place of AWS.</source>
        <translation>Die Anmeldedaten erneut anfordern; bleibt es dabei, nachsehen, was anstelle von AWS geantwortet hat.</translation>
    </message>
    <message>
        <source>On the way to {0} it asked for a password.</source>
        <translation>Auf dem Weg zu {0} verlangte er ein Passwort.</translation>
    </message>
    <message>
        <source>On the way to {host}.</source>
        <translation>Auf dem Weg zu {host}.</translation>
    </message>
    <message>
        <source>On this machine: AWS itself takes https:// only.</source>
        <translation>Auf diesem Rechner: AWS selbst nimmt nur https://.</translation>
    </message>
    <message>
        <source>One has {0} letters, digits, + and /; this has {1} characters.</source>
        <translation>Einer hat {0} Buchstaben, Ziffern, + und /; hier sind es {1} Zeichen.</translation>
    </message>
    <message>
        <source>One has {0} to {1} letters and digits and begins like AKIA or ASIA.</source>
        <translation>Eine hat {0} bis {1} Buchstaben und Ziffern und beginnt wie AKIA oder ASIA.</translation>
    </message>
    <message>
        <source>Only AWS can read it: it is encrypted.</source>
        <translation>Nur AWS kann es lesen: Es ist verschlüsselt.</translation>
    </message>
    <message>
        <source>Only AWS can read it; the provider's ARN has to be set in the profile.</source>
        <translation>Nur AWS kann es lesen; die ARN des Anbieters ist im Profil zu setzen.</translation>
    </message>
    <message>
        <source>Only AWS can read the encoded part, and it does so for sessions of roles that may ask for it.</source>
        <translation>Den verschlüsselten Teil kann nur AWS lesen, und es tut das für Sitzungen von Rollen, die darum bitten dürfen.</translation>
    </message>
    <message>
        <source>Only a session that lives can be asked with; nothing is obtained for this.</source>
        <translation>Nur eine laufende Sitzung kann fragen; dafür wird nichts angefordert.</translation>
    </message>
    <message>
        <source>Only an IAM user's own access key may ask for this; check which key signs.</source>
        <translation>Danach darf nur der eigene Zugriffsschlüssel eines IAM-Benutzers fragen; prüfen, welcher Schlüssel signiert.</translation>
    </message>
    <message>
        <source>Only codes that change with the time (otpauth://totp/…) are accepted.</source>
        <translation>Nur Codes, die mit der Zeit wechseln (otpauth://totp/…), werden angenommen.</translation>
    </message>
    <message>
        <source>Only https is accepted, or http to this very machine.</source>
        <translation>Nur https wird angenommen, oder http zu diesem Rechner selbst.</translation>
    </message>
    <message>
        <source>Only read here; AWS checks signature and claims.</source>
        <translation>Hier nur gelesen; AWS prüft Signatur und Claims.</translation>
    </message>
    <message>
        <source>Only the ID is asked for: about 20 capital letters and digits. Nothing was sent anywhere.</source>
        <translation>Gefragt ist nur die ID: etwa 20 Großbuchstaben und Ziffern. Nichts wurde irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Only the first link of a chain, the one that starts from an identity, can use MFA.</source>
        <translation>Nur das erste Glied einer Kette, das von einer Identität ausgeht, kann MFA verwenden.</translation>
    </message>
    <message>
        <source>Only to sign for other profiles.</source>
        <translation>Nur um für andere Profile zu signieren.</translation>
    </message>
    <message>
        <source>Open the sign-in first, or choose another way.</source>
        <translation>Erst die Anmeldung öffnen oder einen anderen Weg wählen.</translation>
    </message>
    <message>
        <source>Organizations</source>
        <translation>Organizations</translation>
    </message>
    <message>
        <source>Other claims</source>
        <translation>Andere Claims</translation>
    </message>
    <message>
        <source>Other programs keep writing to the credentials file</source>
        <translation>Andere Programme schreiben fortwährend in die Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>Other users may have access to the config file, which holds keys</source>
        <translation>Andere Benutzer haben womöglich Zugriff auf die Konfigurationsdatei, in der Schlüssel stehen</translation>
    </message>
    <message>
        <source>Other users may have access to the credentials file</source>
        <translation>Andere Benutzer haben womöglich Zugriff auf die Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>Others may change Rolecall's files</source>
        <translation>Andere könnten die Dateien von Rolecall ändern</translation>
    </message>
    <message>
        <source>Others may read the keyring's passphrase</source>
        <translation>Andere könnten die Passphrase des Schlüsselbunds lesen</translation>
    </message>
    <message>
        <source>Over for {0}.</source>
        <translation>Seit {0} vorüber.</translation>
    </message>
    <message>
        <source>PackedPolicySize is not a number</source>
        <translation>PackedPolicySize ist keine Zahl</translation>
    </message>
    <message>
        <source>Paste the whole error, as the tool printed it.</source>
        <translation>Den ganzen Fehler einfügen, wie das Werkzeug ihn ausgab.</translation>
    </message>
    <message>
        <source>Policy and policy ARNs together have at most {0} characters; these have {1}.</source>
        <translation>Richtlinie und Richtlinien-ARNs haben zusammen höchstens {0} Zeichen; hier sind es {1}.</translation>
    </message>
    <message>
        <source>Possible are {0}.</source>
        <translation>Möglich sind {0}.</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Put both into one, or remove one.</source>
        <translation>Beide zusammenfassen oder eines entfernen.</translation>
    </message>
    <message>
        <source>Put it in double quotes.</source>
        <translation>In doppelte Anführungszeichen setzen.</translation>
    </message>
    <message>
        <source>Put it into a file that only you can read, and name that in {0}.</source>
        <translation>In eine Datei schreiben, die sonst niemand lesen kann, und diese in {0} nennen.</translation>
    </message>
    <message>
        <source>Put texts in double quotes.</source>
        <translation>Texte in doppelte Anführungszeichen setzen.</translation>
    </message>
    <message>
        <source>Python's reader takes it as defaults for all sections; the default profile is [default].</source>
        <translation>Der Leser von Python hält ihn für Vorgaben aller Abschnitte; das Standardprofil ist [default].</translation>
    </message>
    <message>
        <source>QtWebEngine could not be loaded: {0}.</source>
        <translation>QtWebEngine ließ sich nicht laden: {0}.</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>Redeem until</source>
        <translation>Einzulösen bis</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Regions look like eu-west-1; the account menu of the console lists them.</source>
        <translation>Regionen sehen aus wie eu-west-1; das Kontomenü der Konsole führt sie auf.</translation>
    </message>
    <message>
        <source>Register Rolecall there as a native program (public client), without a client secret.</source>
        <translation>Rolecall dort als natives Programm (öffentlicher Client) registrieren, ohne Client-Geheimnis.</translation>
    </message>
    <message>
        <source>Register a virtual MFA device (an authenticator app) for this user, and give its ARN.</source>
        <translation>Für diesen Benutzer ein virtuelles MFA-Gerät (eine Authenticator-App) registrieren und dessen ARN angeben.</translation>
    </message>
    <message>
        <source>Register http://127.0.0.1/callback as a redirect URI of a native program there, any port (RFC 8252).</source>
        <translation>Dort http://127.0.0.1/callback als Weiterleitungs-URI eines nativen Programms registrieren, mit beliebigem Port (RFC 8252).</translation>
    </message>
    <message>
        <source>Remove blanks and signs.</source>
        <translation>Leerzeichen und Sonderzeichen entfernen.</translation>
    </message>
    <message>
        <source>Remove it, or put a # before it.</source>
        <translation>Entfernen oder ein # davorsetzen.</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>Entfernen.</translation>
    </message>
    <message>
        <source>Remove mfa, or use a role that asks for MFA.</source>
        <translation>mfa entfernen oder eine Rolle verwenden, die MFA verlangt.</translation>
    </message>
    <message>
        <source>Remove mfa: the provider asks for it.</source>
        <translation>mfa entfernen: Der Anbieter fragt danach.</translation>
    </message>
    <message>
        <source>Remove one of the two.</source>
        <translation>Eines von beiden entfernen.</translation>
    </message>
    <message>
        <source>Remove one of them.</source>
        <translation>Eines davon entfernen.</translation>
    </message>
    <message>
        <source>Remove provider_arn from the profile: it is learnt from the assertion.</source>
        <translation>provider_arn aus dem Profil entfernen: Sie wird aus der Assertion gelernt.</translation>
    </message>
    <message>
        <source>Remove provider_arn from the profile: the assertion knows it.</source>
        <translation>provider_arn aus dem Profil entfernen: Die Assertion kennt sie.</translation>
    </message>
    <message>
        <source>Remove session_name.</source>
        <translation>session_name entfernen.</translation>
    </message>
    <message>
        <source>Remove the comma.</source>
        <translation>Das Komma entfernen.</translation>
    </message>
    <message>
        <source>Remove the keys, or give them another name.</source>
        <translation>Die Schlüssel entfernen oder ihnen einen anderen Namen geben.</translation>
    </message>
    <message>
        <source>Remove the line aws_security_token.</source>
        <translation>Die Zeile aws_security_token entfernen.</translation>
    </message>
    <message>
        <source>Remove the line, or publish under another name.</source>
        <translation>Die Zeile entfernen oder unter einem anderen Namen bereitstellen.</translation>
    </message>
    <message>
        <source>Remove the link, or set AWS_SHARED_CREDENTIALS_FILE to a file.</source>
        <translation>Die Verknüpfung entfernen oder AWS_SHARED_CREDENTIALS_FILE auf eine Datei setzen.</translation>
    </message>
    <message>
        <source>Remove the symbolic link, or let it lead to a file; then try again.</source>
        <translation>Entfernen Sie den symbolischen Link, oder lassen Sie ihn zu einer Datei führen; dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Remove them first, or give them another source.</source>
        <translation>Sie erst entfernen oder ihnen eine andere Quelle geben.</translation>
    </message>
    <message>
        <source>Remove {0}, or set it on a role that is assumed from this one.</source>
        <translation>{0} entfernen oder auf eine Rolle setzen, die von dieser aus angenommen wird.</translation>
    </message>
    <message>
        <source>Remove {0}.</source>
        <translation>{0} entfernen.</translation>
    </message>
    <message>
        <source>Removes [{0}] from the file</source>
        <translation>Entfernt [{0}] aus der Datei</translation>
    </message>
    <message>
        <source>Removes line {0}, aws_security_token, and nothing else.</source>
        <translation>Entfernt Zeile {0}, aws_security_token, und sonst nichts.</translation>
    </message>
    <message>
        <source>Removes the three bytes at the beginning of the file.</source>
        <translation>Entfernt die drei Bytes am Anfang der Datei.</translation>
    </message>
    <message>
        <source>Rename [{0}.…] to [{1}.…].</source>
        <translation>[{0}.…] in [{1}.…] umbenennen.</translation>
    </message>
    <message>
        <source>Rename it to [default], or remove it.</source>
        <translation>In [default] umbenennen oder entfernen.</translation>
    </message>
    <message>
        <source>Rename it to [{0}], or delete it.</source>
        <translation>In [{0}] umbenennen oder löschen.</translation>
    </message>
    <message>
        <source>Rename one of the two, or remove what you do not need.</source>
        <translation>Einen von beiden umbenennen oder Unnötiges entfernen.</translation>
    </message>
    <message>
        <source>Rename or delete [{0}] in the file.</source>
        <translation>[{0}] in der Datei umbenennen oder löschen.</translation>
    </message>
    <message>
        <source>Renew the session and try again; check that the region belongs to the role's partition.</source>
        <translation>Die Sitzung erneuern und noch einmal versuchen; prüfen, ob die Region zur Partition der Rolle gehört.</translation>
    </message>
    <message>
        <source>Renew the session that this one starts from.</source>
        <translation>Die Sitzung erneuern, von der diese ausgeht.</translation>
    </message>
    <message>
        <source>Replaced by “{0}”</source>
        <translation>Ersetzt durch „{0}“</translation>
    </message>
    <message>
        <source>Request ID</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Restore it from a backup, or move it away and enter the secrets again.</source>
        <translation>Aus einer Sicherung wiederherstellen, oder wegbewegen und die Geheimnisse neu eingeben.</translation>
    </message>
    <message>
        <source>Role and provider are in different {0}s</source>
        <translation>Rolle und Anbieter gehören nicht zusammen</translation>
    </message>
    <message>
        <source>Role and region are in different partitions</source>
        <translation>Rolle und Region sind in verschiedenen Partitionen</translation>
    </message>
    <message>
        <source>Rolecall did not write [{0}] and does not overwrite it.</source>
        <translation>[{0}] ist nicht von Rolecall und wird nicht überschrieben.</translation>
    </message>
    <message>
        <source>Rolecall did not write it: another tool did, or a person.</source>
        <translation>Nicht von Rolecall geschrieben, sondern von einem anderen Werkzeug oder von Hand.</translation>
    </message>
    <message>
        <source>Rolecall wrote it.</source>
        <translation>Von Rolecall geschrieben.</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Route 53</source>
        <translation>Route 53</translation>
    </message>
    <message>
        <source>Run `rolecall assume {0}` in a terminal, or open the window and answer there.</source>
        <translation>`rolecall assume {0}` in einem Terminal ausführen, oder das Fenster öffnen und dort antworten.</translation>
    </message>
    <message>
        <source>Run `{0} --device`, and sign in on another device.</source>
        <translation>`{0} --device` ausführen und auf einem anderen Gerät anmelden.</translation>
    </message>
    <message>
        <source>Run `{0}` in a terminal, or open the window and answer there.</source>
        <translation>`{0}` in einem Terminal ausführen, oder das Fenster öffnen und dort antworten.</translation>
    </message>
    <message>
        <source>Run a command for MFA codes of “{0}”?</source>
        <translation>Einen Befehl für MFA-Codes von „{0}“ ausführen?</translation>
    </message>
    <message>
        <source>Run a command to sign in to “{0}”?</source>
        <translation>Einen Befehl zur Anmeldung bei „{0}“ ausführen?</translation>
    </message>
    <message>
        <source>Run it in a terminal: it has to print six digits and nothing else. Or choose another way.</source>
        <translation>In einem Terminal ausführen: Er muss sechs Ziffern und sonst nichts ausgeben. Oder einen anderen Weg wählen.</translation>
    </message>
    <message>
        <source>Run it in a terminal: it has to print the SAML response or the token, and nothing else.</source>
        <translation>In einem Terminal ausführen: Er muss die SAML-Antwort oder das Token und sonst nichts ausgeben.</translation>
    </message>
    <message>
        <source>Run the command in a terminal and see why it prints an old token.</source>
        <translation>Den Befehl in einem Terminal ausführen und nachsehen, warum er ein altes Token ausgibt.</translation>
    </message>
    <message>
        <source>STS is not activated in this region</source>
        <translation>STS ist in dieser Region nicht aktiviert</translation>
    </message>
    <message>
        <source>STS is not available</source>
        <translation>STS ist nicht verfügbar</translation>
    </message>
    <message>
        <source>STS still takes it.</source>
        <translation>STS nimmt es noch an.</translation>
    </message>
    <message>
        <source>STS takes at most {0} characters of base64.</source>
        <translation>STS nimmt höchstens {0} Zeichen base64.</translation>
    </message>
    <message>
        <source>STS was asked in {0}.</source>
        <translation>STS wurde in {0} gefragt.</translation>
    </message>
    <message>
        <source>Save the file as UTF-8 without BOM.</source>
        <translation>Die Datei als UTF-8 ohne BOM speichern.</translation>
    </message>
    <message>
        <source>Save the file as UTF-8.</source>
        <translation>Die Datei als UTF-8 speichern.</translation>
    </message>
    <message>
        <source>Say which source of yours stands for it, or take it over too.</source>
        <translation>Angeben, welche eigene Quelle an ihre Stelle tritt, oder sie mit übernehmen.</translation>
    </message>
    <message>
        <source>Secret Service</source>
        <translation>Secret Service</translation>
    </message>
    <message>
        <source>Secrets Manager</source>
        <translation>Secrets Manager</translation>
    </message>
    <message>
        <source>See what the system's log says of it, save what matters, then try again.</source>
        <translation>Sehen Sie nach, was das Protokoll des Systems dazu sagt, sichern Sie, was wichtig ist, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>See whether another Rolecall hangs, end it, and try again.</source>
        <translation>Nachsehen, ob ein anderes Rolecall hängt, es beenden und erneut versuchen.</translation>
    </message>
    <message>
        <source>See whether the keyring's own program works, and try again.</source>
        <translation>Nachsehen, ob das eigene Programm des Schlüsselbunds arbeitet, und erneut versuchen.</translation>
    </message>
    <message>
        <source>See whether what keeps the file fresh is running, and who may read it.</source>
        <translation>Nachsehen, ob läuft, was die Datei frisch hält, und wer sie lesen darf.</translation>
    </message>
    <message>
        <source>See whether what keeps the token file fresh is still running.</source>
        <translation>Nachsehen, ob noch läuft, was die Token-Datei frisch hält.</translation>
    </message>
    <message>
        <source>See who owns the file and its directory, and what their modes allow; then try again.</source>
        <translation>Sehen Sie nach, wem die Datei und ihr Verzeichnis gehören und was ihre Rechte erlauben; dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>See who owns the file and its directory, and whether the disk is full; then try again.</source>
        <translation>Nachsehen, wem Datei und Ordner gehören und ob der Datenträger voll ist; dann erneut versuchen.</translation>
    </message>
    <message>
        <source>Session name</source>
        <translation>Sitzungsname</translation>
    </message>
    <message>
        <source>Session policies take tabs, line breaks and the characters U+0020 to U+00FF.</source>
        <translation>Sitzungsrichtlinien erlauben Tabulatoren, Zeilenumbrüche und die Zeichen U+0020 bis U+00FF.</translation>
    </message>
    <message>
        <source>Session policy and tags are too large</source>
        <translation>Sitzungsrichtlinie und Tags sind zu groß</translation>
    </message>
    <message>
        <source>Session token</source>
        <translation>Sitzungstoken</translation>
    </message>
    <message>
        <source>Sessions end</source>
        <translation>Sitzungen enden</translation>
    </message>
    <message>
        <source>Set AWS_SHARED_CREDENTIALS_FILE to a file, or unset it.</source>
        <translation>AWS_SHARED_CREDENTIALS_FILE auf eine Datei setzen oder aufheben.</translation>
    </message>
    <message>
        <source>Set AWS_SHARED_CREDENTIALS_FILE to a shorter one.</source>
        <translation>Setzen Sie AWS_SHARED_CREDENTIALS_FILE auf einen kürzeren.</translation>
    </message>
    <message>
        <source>Set HOME, or set {0} to an absolute path.</source>
        <translation>Setzen Sie HOME, oder setzen Sie {0} auf einen absoluten Pfad.</translation>
    </message>
    <message>
        <source>Set HTTPS_PROXY in the environment instead.</source>
        <translation>Stattdessen HTTPS_PROXY in der Umgebung setzen.</translation>
    </message>
    <message>
        <source>Set a region of {0}, such as {1}, or correct the ARN.</source>
        <translation>Eine Region von {0} setzen, etwa {1}, oder die ARN berichtigen.</translation>
    </message>
    <message>
        <source>Set another aws_profile for “{0}”, for example “rolecall-{1}”.</source>
        <translation>Ein anderes aws_profile für „{0}“ setzen, etwa „rolecall-{1}“.</translation>
    </message>
    <message>
        <source>Set another region in the profile, or have this one enabled in the account.</source>
        <translation>Im Profil eine andere Region setzen oder diese im Konto freischalten lassen.</translation>
    </message>
    <message>
        <source>Set issuer to exactly {0}.</source>
        <translation>issuer genau auf {0} setzen.</translation>
    </message>
    <message>
        <source>Set mfa on “{0}”.</source>
        <translation>mfa bei „{0}“ setzen.</translation>
    </message>
    <message>
        <source>Set mfa_device.</source>
        <translation>mfa_device setzen.</translation>
    </message>
    <message>
        <source>Set provider_arn of the profile to the ARN of the SAML provider in IAM.</source>
        <translation>provider_arn des Profils auf die ARN des SAML-Anbieters in IAM setzen.</translation>
    </message>
    <message>
        <source>Set this machine's clock, and let it be set automatically (NTP).</source>
        <translation>Die Uhr dieses Rechners stellen und künftig von selbst stellen lassen (NTP).</translation>
    </message>
    <message>
        <source>Sets the file's mode to {0}: you alone may read it.</source>
        <translation>Setzt die Rechte der Datei auf {0}: Niemand sonst darf sie lesen.</translation>
    </message>
    <message>
        <source>Settings such as a proxy are each person's own, and never taken over from a file.</source>
        <translation>Einstellungen wie ein Proxy gehören jedem selbst und werden nie aus einer Datei übernommen.</translation>
    </message>
    <message>
        <source>Shorten the policy, or pass fewer policy ARNs and tags.</source>
        <translation>Die Richtlinie kürzen oder weniger Richtlinien-ARNs und Tags übergeben.</translation>
    </message>
    <message>
        <source>Shorter than asked for: the provider ends its sessions then (SessionNotOnOrAfter).</source>
        <translation>Kürzer als verlangt: Der Anbieter lässt seine Sitzungen dann enden (SessionNotOnOrAfter).</translation>
    </message>
    <message>
        <source>Sign in again, and choose one of the roles that come with it.</source>
        <translation>Erneut anmelden und eine der Rollen wählen, die damit kommen.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Erneut anmelden.</translation>
    </message>
    <message>
        <source>Sign in again. If it stays so, ask those who run the provider, and do not use it until then.</source>
        <translation>Erneut anmelden. Bleibt es dabei, die Betreiber des Anbieters fragen und ihn bis dahin nicht verwenden.</translation>
    </message>
    <message>
        <source>Sign in again. If the page never gets there, check that the login URL leads to AWS and not only to the provider's own start page.</source>
        <translation>Erneut anmelden. Kommt die Seite nie ans Ziel, prüfen, ob die Anmelde-URL zu AWS führt und nicht nur zur Startseite des Anbieters.</translation>
    </message>
    <message>
        <source>Sign in again. If the provider's page spoke of a redirect URI: {0}</source>
        <translation>Erneut anmelden. Falls die Seite des Anbieters von einer Weiterleitungs-URI sprach: {0}</translation>
    </message>
    <message>
        <source>Sign in again. {0}</source>
        <translation>Erneut anmelden. {0}</translation>
    </message>
    <message>
        <source>Sign in again; if it fails again, ask whoever runs the provider whether your access was revoked.</source>
        <translation>Erneut anmelden; misslingt es wieder, den Betreiber des Anbieters fragen, ob der Zugang entzogen wurde.</translation>
    </message>
    <message>
        <source>Sign in again; if it fails again, ask whoever runs the provider.</source>
        <translation>Erneut anmelden; misslingt es wieder, beim Betreiber des Anbieters nachfragen.</translation>
    </message>
    <message>
        <source>Sign in again; if it fails again, compare the provider's ARN and audience with the IAM console.</source>
        <translation>Erneut anmelden; misslingt es wieder, ARN und Zielgruppe des Anbieters mit der IAM-Konsole vergleichen.</translation>
    </message>
    <message>
        <source>Sign in another way: paste a response, or let a command fetch it. Or start Rolecall as an ordinary user, whom an administrator allows user namespaces.</source>
        <translation>Anders anmelden: eine Antwort einfügen oder von einem Befehl holen lassen. Oder Rolecall als gewöhnlicher Benutzer starten, dem ein Administrator Benutzer-Namensräume erlaubt.</translation>
    </message>
    <message>
        <source>Sign in in the browser.</source>
        <translation>Im Browser anmelden.</translation>
    </message>
    <message>
        <source>Sign in once more and copy the whole value of SAMLResponse, which is posted to AWS at the end.</source>
        <translation>Noch einmal anmelden und den ganzen Wert von SAMLResponse kopieren, die am Ende an AWS gesendet wird.</translation>
    </message>
    <message>
        <source>Sign in there, or `{0} --assertion FILE` with a SAML response.</source>
        <translation>Dort anmelden, oder `{0} --assertion FILE` mit einer SAML-Antwort.</translation>
    </message>
    <message>
        <source>Sign in to the network in a browser, or check the proxy and ROLECALL_SIGNIN_ENDPOINT.</source>
        <translation>In einem Browser am Netzwerk anmelden, oder den Proxy und ROLECALL_SIGNIN_ENDPOINT prüfen.</translation>
    </message>
    <message>
        <source>Sign in to the network in a browser, or check the proxy; if an endpoint URL is set, check that too.</source>
        <translation>In einem Browser am Netzwerk anmelden, oder den Proxy prüfen; ist eine Endpunkt-URL gesetzt, auch diese.</translation>
    </message>
    <message>
        <source>Sign in to the provider again, and hand over the new one at once.</source>
        <translation>Beim Anbieter erneut anmelden und das neue sofort übergeben.</translation>
    </message>
    <message>
        <source>Sign in to the provider again, and use the new response at once.</source>
        <translation>Beim Anbieter erneut anmelden und die neue Antwort sofort verwenden.</translation>
    </message>
    <message>
        <source>Sign in to the provider again.</source>
        <translation>Beim Anbieter erneut anmelden.</translation>
    </message>
    <message>
        <source>Sign in to the provider again; an assertion must be redeemed within five minutes.</source>
        <translation>Beim Anbieter erneut anmelden; eine Assertion ist binnen fünf Minuten einzulösen.</translation>
    </message>
    <message>
        <source>Sign in to the provider.</source>
        <translation>Beim Anbieter anmelden.</translation>
    </message>
    <message>
        <source>Sign in to {0}</source>
        <translation>Anmeldung bei {0}</translation>
    </message>
    <message>
        <source>Sign in with a device code instead, or free a port.</source>
        <translation>Stattdessen mit einem Gerätecode anmelden oder einen Port freigeben.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Signature and claims were checked here too.</source>
        <translation>Signatur und Claims wurden auch hier geprüft.</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Signiert von</translation>
    </message>
    <message>
        <source>Skipped: a profile was named explicitly.</source>
        <translation>Übersprungen: Ein Profil wurde ausdrücklich genannt.</translation>
    </message>
    <message>
        <source>Some characters cannot be shown</source>
        <translation>Einige Zeichen sind nicht darstellbar</translation>
    </message>
    <message>
        <source>Somebody else answered</source>
        <translation>Jemand anderes hat geantwortet</translation>
    </message>
    <message>
        <source>Somebody else asked than you think</source>
        <translation>Jemand anderes als gedacht hat gefragt</translation>
    </message>
    <message>
        <source>Somebody has to sign in</source>
        <translation>Jemand muss sich anmelden</translation>
    </message>
    <message>
        <source>Something between here and AWS may have answered in its place: sign in to the network, or check the proxy.</source>
        <translation>Etwas zwischen hier und AWS hat womöglich an dessen Stelle geantwortet: am Netzwerk anmelden oder den Proxy prüfen.</translation>
    </message>
    <message>
        <source>Something failed inside AWS</source>
        <translation>Innerhalb von AWS ging etwas schief</translation>
    </message>
    <message>
        <source>Something follows the end of the document.</source>
        <translation>Nach dem Ende des Dokuments folgt noch etwas.</translation>
    </message>
    <message>
        <source>Source identity</source>
        <translation>Quellidentität</translation>
    </message>
    <message>
        <source>Start from the identity itself.</source>
        <translation>Von der Identität selbst ausgehen.</translation>
    </message>
    <message>
        <source>Start it, set ROLECALL_KEYRING=file:PATH for an encrypted file, or keep secrets in memory until quit.</source>
        <translation>Starten, ROLECALL_KEYRING=file:PATH für eine verschlüsselte Datei setzen oder Geheimnisse bis zum Beenden im Speicher halten.</translation>
    </message>
    <message>
        <source>Start one (on Linux GNOME Keyring or KWallet), set ROLECALL_KEYRING=file:PATH for an encrypted file, or keep secrets in memory until quit.</source>
        <translation>Einen starten (unter Linux GNOME Keyring oder KWallet), ROLECALL_KEYRING=file:PATH für eine verschlüsselte Datei setzen oder Geheimnisse bis zum Beenden im Speicher halten.</translation>
    </message>
    <message>
        <source>Starting with your session could not be switched</source>
        <translation>Das Starten mit der Sitzung ließ sich nicht umschalten</translation>
    </message>
    <message>
        <source>Statement is empty.</source>
        <translation>Statement ist leer.</translation>
    </message>
    <message>
        <source>Statement is missing.</source>
        <translation>Statement fehlt.</translation>
    </message>
    <message>
        <source>Step Functions</source>
        <translation>Step Functions</translation>
    </message>
    <message>
        <source>Stop it there, or delete the section if that installation is gone.</source>
        <translation>Dort beenden, oder den Abschnitt löschen, falls es jene Installation nicht mehr gibt.</translation>
    </message>
    <message>
        <source>Stop the profile and assume it again.</source>
        <translation>Das Profil beenden und erneut annehmen.</translation>
    </message>
    <message>
        <source>Stop the profile first, or replace the section.</source>
        <translation>Erst das Profil beenden oder den Abschnitt ersetzen.</translation>
    </message>
    <message>
        <source>Store the secret again, or set mfa to “ask”.</source>
        <translation>Das Geheimnis neu ablegen oder mfa auf „ask“ setzen.</translation>
    </message>
    <message>
        <source>StringEquals, StringLike, ArnLike, IpAddress, Bool, Null… exist.</source>
        <translation>Es gibt StringEquals, StringLike, ArnLike, IpAddress, Bool, Null…</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subjekt</translation>
    </message>
    <message>
        <source>Switch MFA on for this profile.</source>
        <translation>MFA für dieses Profil einschalten.</translation>
    </message>
    <message>
        <source>Systems Manager</source>
        <translation>Systems Manager</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Take over the others. Nothing was changed.</source>
        <translation>Die anderen übernehmen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Take some brackets away.</source>
        <translation>Einige Klammern wegnehmen.</translation>
    </message>
    <message>
        <source>Take the attribute away (lsattr, chattr -i), or choose another file with AWS_SHARED_CREDENTIALS_FILE.</source>
        <translation>Nehmen Sie das Attribut weg (lsattr, chattr -i), oder wählen Sie mit AWS_SHARED_CREDENTIALS_FILE eine andere Datei.</translation>
    </message>
    <message>
        <source>Take the value after aws_access_key_id.</source>
        <translation>Den Wert hinter aws_access_key_id nehmen.</translation>
    </message>
    <message>
        <source>Texts stand in double quotes.</source>
        <translation>Texte stehen in doppelten Anführungszeichen.</translation>
    </message>
    <message>
        <source>That is no secret access key</source>
        <translation>Das ist kein geheimer Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>The ARN is in {0} ({1}), but {2} is in {3} ({4}).</source>
        <translation>Die ARN ist in {0} ({1}), aber {2} ist in {3} ({4}).</translation>
    </message>
    <message>
        <source>The AWS CLI and boto3 cannot read any profile of this file because of it.</source>
        <translation>Deswegen können AWS CLI und boto3 kein Profil dieser Datei lesen.</translation>
    </message>
    <message>
        <source>The AWS CLI and boto3 send it with the long-term key of this section, and AWS then refuses both.</source>
        <translation>AWS CLI und boto3 senden es mit dem Langzeitschlüssel dieses Abschnitts, und AWS lehnt dann beides ab.</translation>
    </message>
    <message>
        <source>The AWS CLI and boto3 take it in place of aws_session_token, and AWS then refuses the keys.</source>
        <translation>AWS CLI und boto3 nehmen es anstelle von aws_session_token, und AWS lehnt die Schlüssel dann ab.</translation>
    </message>
    <message>
        <source>The AWS CLI takes a section of this name as defaults for all profiles; the profile is called default.</source>
        <translation>Die AWS CLI hält einen Abschnitt dieses Namens für Vorgaben aller Profile; das Profil heißt default.</translation>
    </message>
    <message>
        <source>The AWS config file sets {0} for that profile, which wins over published keys.</source>
        <translation>Die AWS-Konfigurationsdatei setzt {0} für dieses Profil, was bereitgestellten Schlüsseln vorgeht.</translation>
    </message>
    <message>
        <source>The CA bundle cannot be used</source>
        <translation>Das CA-Bündel ist unbrauchbar</translation>
    </message>
    <message>
        <source>The ID token has expired</source>
        <translation>Das ID-Token ist abgelaufen</translation>
    </message>
    <message>
        <source>The ID token is another issuer's</source>
        <translation>Das ID-Token ist von einem anderen Aussteller</translation>
    </message>
    <message>
        <source>The ID token is for another audience</source>
        <translation>Das ID-Token ist für eine andere Zielgruppe</translation>
    </message>
    <message>
        <source>The ID token is not one to be trusted</source>
        <translation>Dem ID-Token ist nicht zu trauen</translation>
    </message>
    <message>
        <source>The ID token lives too long</source>
        <translation>Das ID-Token gilt zu lange</translation>
    </message>
    <message>
        <source>The ID token names no person</source>
        <translation>Das ID-Token nennt keine Person</translation>
    </message>
    <message>
        <source>The MFA code or device</source>
        <translation>MFA-Code oder -Gerät</translation>
    </message>
    <message>
        <source>The MFA code was not accepted</source>
        <translation>Der MFA-Code wurde nicht angenommen</translation>
    </message>
    <message>
        <source>The MFA device was not accepted</source>
        <translation>Das MFA-Gerät wurde nicht angenommen</translation>
    </message>
    <message>
        <source>The SAML provider or the audience is another one</source>
        <translation>Der SAML-Anbieter oder die Zielgruppe ist eine andere</translation>
    </message>
    <message>
        <source>The SAML response can be read in two ways</source>
        <translation>Die SAML-Antwort lässt sich auf zwei Weisen lesen</translation>
    </message>
    <message>
        <source>The SAML response hides its assertion</source>
        <translation>Die SAML-Antwort verbirgt ihre Assertion</translation>
    </message>
    <message>
        <source>The SAML response holds no assertion</source>
        <translation>Die SAML-Antwort enthält keine Assertion</translation>
    </message>
    <message>
        <source>The SAML response holds several assertions</source>
        <translation>Die SAML-Antwort enthält mehrere Assertions</translation>
    </message>
    <message>
        <source>The SAML response is not safe to read</source>
        <translation>Die SAML-Antwort ist nicht sicher zu lesen</translation>
    </message>
    <message>
        <source>The SAML response is too long</source>
        <translation>Die SAML-Antwort ist zu lang</translation>
    </message>
    <message>
        <source>The Sid “{0}” stands twice.</source>
        <translation>Die Sid „{0}“ steht zweimal da.</translation>
    </message>
    <message>
        <source>The URL is not safe</source>
        <translation>Die URL ist nicht sicher</translation>
    </message>
    <message>
        <source>The URL names no secret, or several.</source>
        <translation>Die URL nennt kein Geheimnis oder mehrere.</translation>
    </message>
    <message>
        <source>The access key cannot sign</source>
        <translation>Der Zugriffsschlüssel kann nicht signieren</translation>
    </message>
    <message>
        <source>The access token that came with it belongs to another one (at_hash).</source>
        <translation>Das mitgekommene Zugriffstoken gehört zu einem anderen (at_hash).</translation>
    </message>
    <message>
        <source>The account does not know this provider</source>
        <translation>Das Konto kennt diesen Anbieter nicht</translation>
    </message>
    <message>
        <source>The account has not opted in</source>
        <translation>Das Konto hat nicht zugestimmt</translation>
    </message>
    <message>
        <source>The activity journal belongs to a newer Rolecall</source>
        <translation>Der Verlauf gehört einem neueren Rolecall</translation>
    </message>
    <message>
        <source>The activity journal could not be written</source>
        <translation>Der Verlauf ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>The activity journal could not be {0}</source>
        <translation>Der Verlauf ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>The algorithm is SHA1, SHA256 or SHA512.</source>
        <translation>Der Algorithmus ist SHA1, SHA256 oder SHA512.</translation>
    </message>
    <message>
        <source>The answer arrived damaged</source>
        <translation>Die Antwort kam beschädigt an</translation>
    </message>
    <message>
        <source>The answer is far too large</source>
        <translation>Die Antwort ist viel zu groß</translation>
    </message>
    <message>
        <source>The answer is incomplete</source>
        <translation>Die Antwort ist unvollständig</translation>
    </message>
    <message>
        <source>The assertion does not list this role</source>
        <translation>Die Assertion führt diese Rolle nicht auf</translation>
    </message>
    <message>
        <source>The assertion does not tell its SAML provider</source>
        <translation>Die Assertion nennt ihren SAML-Anbieter nicht</translation>
    </message>
    <message>
        <source>The assertion has no session name</source>
        <translation>Die Assertion hat keinen Sitzungsnamen</translation>
    </message>
    <message>
        <source>The assertion is for another partition</source>
        <translation>Die Assertion ist für eine andere Partition</translation>
    </message>
    <message>
        <source>The assertion is not for AWS</source>
        <translation>Die Assertion ist nicht für AWS</translation>
    </message>
    <message>
        <source>The assertion is not signed</source>
        <translation>Die Assertion ist nicht signiert</translation>
    </message>
    <message>
        <source>The assertion is too old</source>
        <translation>Die Assertion ist zu alt</translation>
    </message>
    <message>
        <source>The assertion is valid only in {0}.</source>
        <translation>Die Assertion gilt nur in {0}.</translation>
    </message>
    <message>
        <source>The assertion is wrapped in another element, as a forger would do it.</source>
        <translation>Die Assertion ist in ein anderes Element gehüllt, wie ein Fälscher es täte.</translation>
    </message>
    <message>
        <source>The assertion lists no role</source>
        <translation>Die Assertion führt keine Rolle auf</translation>
    </message>
    <message>
        <source>The assertion lists the role, so the role does not exist any more or its trust policy says no.</source>
        <translation>Die Assertion führt die Rolle auf, also gibt es die Rolle nicht mehr, oder ihre Vertrauensrichtlinie sagt nein.</translation>
    </message>
    <message>
        <source>The assertion names {0}; asked for was {1}.</source>
        <translation>Die Assertion nennt {0}; gefragt war {1}.</translation>
    </message>
    <message>
        <source>The assertion names {0}; the role has to trust that one.</source>
        <translation>Die Assertion nennt {0}; dem muss die Rolle vertrauen.</translation>
    </message>
    <message>
        <source>The attribute RoleSessionName is missing.</source>
        <translation>Das Attribut RoleSessionName fehlt.</translation>
    </message>
    <message>
        <source>The attribute {0}</source>
        <translation>das Attribut {0}</translation>
    </message>
    <message>
        <source>The attribute {0} holds elements instead of text.</source>
        <translation>Das Attribut {0} enthält Elemente anstelle von Text.</translation>
    </message>
    <message>
        <source>The boundary set for who asked has to allow it too.</source>
        <translation>Auch die Grenze, die dem Fragenden gesetzt ist, muss es erlauben.</translation>
    </message>
    <message>
        <source>The browser cannot be handed the sign-in URL</source>
        <translation>Dem Browser lässt sich die Anmelde-URL nicht übergeben</translation>
    </message>
    <message>
        <source>The browser would not find its way back</source>
        <translation>Der Browser fände nicht zurück</translation>
    </message>
    <message>
        <source>The change would have damaged other entries, so nothing was written.</source>
        <translation>Die Änderung hätte andere Einträge beschädigt, darum wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>The claim {0} is not there, or too short.</source>
        <translation>Der Claim {0} fehlt oder ist zu kurz.</translation>
    </message>
    <message>
        <source>The client ID that is set.</source>
        <translation>Die eingestellte Client-ID.</translation>
    </message>
    <message>
        <source>The client secret of “{0}” was stored for another issuer or client</source>
        <translation>Das Client-Geheimnis von „{0}“ wurde für einen anderen Aussteller oder Client abgelegt</translation>
    </message>
    <message>
        <source>The clocks disagree</source>
        <translation>Die Uhren stimmen nicht überein</translation>
    </message>
    <message>
        <source>The code is asked once for all roles of this device.</source>
        <translation>Der Code wird einmal für alle Rollen dieses Geräts erfragt.</translation>
    </message>
    <message>
        <source>The command for the MFA code failed</source>
        <translation>Der Befehl für den MFA-Code ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The command is empty.</source>
        <translation>Der Befehl ist leer.</translation>
    </message>
    <message>
        <source>The command printed one that was good until {0} UTC.</source>
        <translation>Der Befehl gab eines aus, das bis {0} UTC galt.</translation>
    </message>
    <message>
        <source>The config file cannot be read</source>
        <translation>Die Konfigurationsdatei lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The connection broke off</source>
        <translation>Die Verbindung brach ab</translation>
    </message>
    <message>
        <source>The connection is not trustworthy</source>
        <translation>Die Verbindung ist nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>The console refused to sign in</source>
        <translation>Die Konsole verweigerte die Anmeldung</translation>
    </message>
    <message>
        <source>The console session cannot last that long</source>
        <translation>So lange kann die Konsolensitzung nicht halten</translation>
    </message>
    <message>
        <source>The console session is too short</source>
        <translation>Die Konsolensitzung ist zu kurz</translation>
    </message>
    <message>
        <source>The console sign-in is not available</source>
        <translation>Die Konsolenanmeldung ist nicht verfügbar</translation>
    </message>
    <message>
        <source>The credentials are somebody else's</source>
        <translation>Die Zugangsdaten gehören jemand anderem</translation>
    </message>
    <message>
        <source>The credentials file already has a section of this name</source>
        <translation>Die Anmeldedaten-Datei hat schon einen Abschnitt dieses Namens</translation>
    </message>
    <message>
        <source>The credentials file belongs to somebody else</source>
        <translation>Die Anmeldedaten-Datei gehört jemand anderem</translation>
    </message>
    <message>
        <source>The credentials file cannot be replaced</source>
        <translation>Die Anmeldedaten-Datei lässt sich nicht ersetzen</translation>
    </message>
    <message>
        <source>The credentials file could not be read or written</source>
        <translation>Die Anmeldedaten-Datei ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>The credentials file has a second name</source>
        <translation>Die Anmeldedaten-Datei hat einen zweiten Namen</translation>
    </message>
    <message>
        <source>The credentials file has keys of that name, and AWS tools take these.</source>
        <translation>In der Anmeldedaten-Datei stehen Schlüssel dieses Namens, und AWS-Werkzeuge nehmen diese.</translation>
    </message>
    <message>
        <source>The credentials file is a directory</source>
        <translation>Die Anmeldedaten-Datei ist ein Ordner</translation>
    </message>
    <message>
        <source>The credentials file is a symbolic link in a circle</source>
        <translation>Die Anmeldedaten-Datei ist eine Verknüpfung im Kreis</translation>
    </message>
    <message>
        <source>The credentials file is in use by another Rolecall</source>
        <translation>Ein anderes Rolecall benutzt gerade die Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>The credentials file is made unchangeable</source>
        <translation>Die Credentials-Datei ist unveränderlich gemacht</translation>
    </message>
    <message>
        <source>The credentials file is not a file</source>
        <translation>Die Anmeldedaten-Datei ist keine Datei</translation>
    </message>
    <message>
        <source>The credentials file is on a read-only disk</source>
        <translation>Die Anmeldedaten-Datei liegt auf einem schreibgeschützten Datenträger</translation>
    </message>
    <message>
        <source>The credentials file is write-protected</source>
        <translation>Die Anmeldedaten-Datei ist schreibgeschützt</translation>
    </message>
    <message>
        <source>The credentials file lies where no file can be locked</source>
        <translation>Die Credentials-Datei liegt, wo keine Datei gesperrt werden kann</translation>
    </message>
    <message>
        <source>The desktop knows no program for web addresses.</source>
        <translation>Der Desktop kennt kein Programm für Webadressen.</translation>
    </message>
    <message>
        <source>The disk can only be read: let it be mounted for writing, then try again.</source>
        <translation>Der Datenträger kann nur gelesen werden: lassen Sie ihn zum Schreiben einhängen, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The disk failed: see what the system's log says of it, save what matters, then try again.</source>
        <translation>Der Datenträger hat versagt: sehen Sie nach, was das Protokoll des Systems dazu sagt, sichern Sie, was wichtig ist, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>The disk of the credentials file failed</source>
        <translation>Der Datenträger der Credentials-Datei hat versagt</translation>
    </message>
    <message>
        <source>The document ends where a value should stand.</source>
        <translation>Das Dokument endet, wo ein Wert stehen sollte.</translation>
    </message>
    <message>
        <source>The document from {0} is {1}.</source>
        <translation>Das Dokument von {0} ist {1}.</translation>
    </message>
    <message>
        <source>The element {0}</source>
        <translation>das Element {0}</translation>
    </message>
    <message>
        <source>The encrypted keyring could not be read</source>
        <translation>Der verschlüsselte Schlüsselbund ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>The encrypted keyring could not be written</source>
        <translation>Der verschlüsselte Schlüsselbund ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>The encrypted keyring is damaged</source>
        <translation>Der verschlüsselte Schlüsselbund ist beschädigt</translation>
    </message>
    <message>
        <source>The encrypted keyring needs its passphrase</source>
        <translation>Der verschlüsselte Schlüsselbund braucht seine Passphrase</translation>
    </message>
    <message>
        <source>The endpoint URL cannot be used</source>
        <translation>Die Endpunkt-URL ist unbrauchbar</translation>
    </message>
    <message>
        <source>The endpoint cannot be chosen twice</source>
        <translation>Der Endpunkt lässt sich nicht zweimal wählen</translation>
    </message>
    <message>
        <source>The endpoint does not know this action</source>
        <translation>Der Endpunkt kennt diese Aktion nicht</translation>
    </message>
    <message>
        <source>The external ID is another one</source>
        <translation>Die externe ID ist eine andere</translation>
    </message>
    <message>
        <source>The file is another one now</source>
        <translation>Die Datei ist inzwischen eine andere</translation>
    </message>
    <message>
        <source>The file is as it was.</source>
        <translation>Die Datei ist, wie sie war.</translation>
    </message>
    <message>
        <source>The file with profiles could not be {0}</source>
        <translation>Die Datei mit Profilen ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>The files, or the settings here, were changed after they were looked at. Nothing was taken over.</source>
        <translation>Die Dateien oder die hiesigen Einstellungen wurden nach dem Ansehen geändert. Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>The host cannot be reached</source>
        <translation>Der Host ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The host was not found</source>
        <translation>Der Host wurde nicht gefunden</translation>
    </message>
    <message>
        <source>The identity provider or its audience is not known in the account</source>
        <translation>Der Identitätsanbieter oder seine Zielgruppe ist im Konto nicht bekannt</translation>
    </message>
    <message>
        <source>The key “{0}” stands twice; keys are compared without regard to case.</source>
        <translation>Der Schlüssel „{0}“ steht zweimal da; Groß- und Kleinschreibung wird nicht unterschieden.</translation>
    </message>
    <message>
        <source>The keyring does not answer</source>
        <translation>Der Schlüsselbund antwortet nicht</translation>
    </message>
    <message>
        <source>The keyring failed</source>
        <translation>Der Schlüsselbund hat versagt</translation>
    </message>
    <message>
        <source>The keyring is an unknown one</source>
        <translation>Der Schlüsselbund ist unbekannt</translation>
    </message>
    <message>
        <source>The keyring is gone</source>
        <translation>Der Schlüsselbund ist fort</translation>
    </message>
    <message>
        <source>The keyring is locked</source>
        <translation>Der Schlüsselbund ist gesperrt</translation>
    </message>
    <message>
        <source>The keyring is switched off</source>
        <translation>Der Schlüsselbund ist ausgeschaltet</translation>
    </message>
    <message>
        <source>The keyring no longer holds them, or holds those of another session.</source>
        <translation>Im Schlüsselbund stehen sie nicht mehr, oder die einer anderen Sitzung.</translation>
    </message>
    <message>
        <source>The keyring that was chosen cannot be used</source>
        <translation>Der gewählte Schlüsselbund ist unbrauchbar</translation>
    </message>
    <message>
        <source>The keyring would keep secrets in plain text</source>
        <translation>Der Schlüsselbund würde Geheimnisse im Klartext aufbewahren</translation>
    </message>
    <message>
        <source>The keys of [{0}] have expired</source>
        <translation>Die Schlüssel von [{0}] sind abgelaufen</translation>
    </message>
    <message>
        <source>The keys of “{0}” in the config file are never used</source>
        <translation>Die Schlüssel von „{0}“ in der Konfigurationsdatei werden nie verwendet</translation>
    </message>
    <message>
        <source>The lease of “{0}” is over</source>
        <translation>Die Leihfrist von „{0}“ ist vorüber</translation>
    </message>
    <message>
        <source>The login page could not be loaded</source>
        <translation>Die Anmeldeseite ließ sich nicht laden</translation>
    </message>
    <message>
        <source>The login page could not prove who it is</source>
        <translation>Die Anmeldeseite konnte sich nicht ausweisen</translation>
    </message>
    <message>
        <source>The login page crashed</source>
        <translation>Die Anmeldeseite ist abgestürzt</translation>
    </message>
    <message>
        <source>The login window cannot be opened</source>
        <translation>Das Anmeldefenster lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The login window cannot be opened safely</source>
        <translation>Das Anmeldefenster lässt sich nicht sicher öffnen</translation>
    </message>
    <message>
        <source>The message tells what AWS objects to.</source>
        <translation>Die Meldung sagt, woran AWS sich stößt.</translation>
    </message>
    <message>
        <source>The one of this name that is here breaks a rule: correct or remove it first.</source>
        <translation>Der hiesige Eintrag dieses Namens verletzt eine Regel: erst ihn berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>The page of {0} ended unexpectedly.</source>
        <translation>Die Seite von {0} endete unerwartet.</translation>
    </message>
    <message>
        <source>The passphrase file could not be read</source>
        <translation>Die Passphrasen-Datei ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>The passphrase of the encrypted keyring is empty</source>
        <translation>Die Passphrase des verschlüsselten Schlüsselbunds ist leer</translation>
    </message>
    <message>
        <source>The passphrase of the encrypted keyring is wrong</source>
        <translation>Die Passphrase des verschlüsselten Schlüsselbunds ist falsch</translation>
    </message>
    <message>
        <source>The path of the credentials file is too long</source>
        <translation>Der Pfad der Credentials-Datei ist zu lang</translation>
    </message>
    <message>
        <source>The policies of who asked have to allow it.</source>
        <translation>Die Richtlinien des Fragenden müssen es erlauben.</translation>
    </message>
    <message>
        <source>The policy is not JSON</source>
        <translation>Die Richtlinie ist kein JSON</translation>
    </message>
    <message>
        <source>The policy is not a JSON object</source>
        <translation>Die Richtlinie ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>The policy of the network endpoint that the request came through has to allow it.</source>
        <translation>Die Richtlinie des Netzwerk-Endpunkts, über den die Anfrage kam, muss es erlauben.</translation>
    </message>
    <message>
        <source>The policy of the resource has to allow it, or must not deny it.</source>
        <translation>Die Richtlinie der Ressource muss es erlauben oder darf es nicht verweigern.</translation>
    </message>
    <message>
        <source>The policy the session was made with has to allow it too: look at the profile's own policy.</source>
        <translation>Auch die Richtlinie, mit der die Sitzung entstand, muss es erlauben: die eigene Richtlinie des Profils ansehen.</translation>
    </message>
    <message>
        <source>The profile sends {0}: trust policy and policies of who asks have to allow {1} too.</source>
        <translation>Das Profil sendet {0}: Vertrauensrichtlinie und Richtlinien des Fragenden müssen auch {1} erlauben.</translation>
    </message>
    <message>
        <source>The profile sets {0}, the assertion {1}.</source>
        <translation>Das Profil setzt {0}, die Assertion {1}.</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>Der Anbieter</translation>
    </message>
    <message>
        <source>The provider cannot be found out about</source>
        <translation>Über den Anbieter lässt sich nichts herausfinden</translation>
    </message>
    <message>
        <source>The provider cannot be used this way</source>
        <translation>So lässt sich der Anbieter nicht verwenden</translation>
    </message>
    <message>
        <source>The provider cannot serve now</source>
        <translation>Der Anbieter kann gerade nicht antworten</translation>
    </message>
    <message>
        <source>The provider did not sign you in</source>
        <translation>Der Anbieter hat die Anmeldung nicht vollzogen</translation>
    </message>
    <message>
        <source>The provider has not verified it.</source>
        <translation>Der Anbieter hat es nicht überprüft.</translation>
    </message>
    <message>
        <source>The provider let it be valid only until {0} ago.</source>
        <translation>Der Anbieter ließ sie nur bis vor {0} gelten.</translation>
    </message>
    <message>
        <source>The provider names another SAML provider for this role</source>
        <translation>Der Anbieter nennt für diese Rolle einen anderen SAML-Anbieter</translation>
    </message>
    <message>
        <source>The provider no longer remembers the sign-in</source>
        <translation>Der Anbieter erinnert sich nicht mehr an die Anmeldung</translation>
    </message>
    <message>
        <source>The provider refused</source>
        <translation>Der Anbieter hat abgelehnt</translation>
    </message>
    <message>
        <source>The provider refused the login page</source>
        <translation>Der Anbieter hat die Anmeldeseite verweigert</translation>
    </message>
    <message>
        <source>The provider rejected the sign-in</source>
        <translation>Der Anbieter hat die Anmeldung zurückgewiesen</translation>
    </message>
    <message>
        <source>The provider sent no ID token</source>
        <translation>Der Anbieter sandte kein ID-Token</translation>
    </message>
    <message>
        <source>The provider's answer is ambiguous</source>
        <translation>Die Antwort des Anbieters ist mehrdeutig</translation>
    </message>
    <message>
        <source>The provider's answer is too large</source>
        <translation>Die Antwort des Anbieters ist zu groß</translation>
    </message>
    <message>
        <source>The provider's answer makes no sense</source>
        <translation>Die Antwort des Anbieters ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>The provider's clock is ahead</source>
        <translation>Die Uhr des Anbieters geht vor</translation>
    </message>
    <message>
        <source>The provider's command failed</source>
        <translation>Der Befehl des Anbieters ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The proxy cannot be used</source>
        <translation>Der Proxy ist unbrauchbar</translation>
    </message>
    <message>
        <source>The proxy did not let us through</source>
        <translation>Der Proxy ließ uns nicht durch</translation>
    </message>
    <message>
        <source>The proxy {0}</source>
        <translation>Der Proxy {0}</translation>
    </message>
    <message>
        <source>The published credentials are somebody else's</source>
        <translation>Die bereitgestellten Anmeldedaten gehören jemand anderem</translation>
    </message>
    <message>
        <source>The recipient</source>
        <translation>der Empfänger</translation>
    </message>
    <message>
        <source>The region is missing</source>
        <translation>Die Region fehlt</translation>
    </message>
    <message>
        <source>The region is not enabled</source>
        <translation>Die Region ist nicht freigeschaltet</translation>
    </message>
    <message>
        <source>The request arrived without a signature</source>
        <translation>Die Anfrage kam ohne Signatur an</translation>
    </message>
    <message>
        <source>The request arrived without its action</source>
        <translation>Die Anfrage kam ohne ihre Aktion an</translation>
    </message>
    <message>
        <source>The request could not be sent</source>
        <translation>Die Anfrage ließ sich nicht senden</translation>
    </message>
    <message>
        <source>The response</source>
        <translation>die Antwort</translation>
    </message>
    <message>
        <source>The response does not tell it.</source>
        <translation>Die Antwort nennt es nicht.</translation>
    </message>
    <message>
        <source>The response holds no signature.</source>
        <translation>Die Antwort enthält keine Signatur.</translation>
    </message>
    <message>
        <source>The role demands MFA</source>
        <translation>Die Rolle verlangt MFA</translation>
    </message>
    <message>
        <source>The role demands an external ID</source>
        <translation>Die Rolle verlangt eine externe ID</translation>
    </message>
    <message>
        <source>The role does not exist, or its trust policy says no to {0}.</source>
        <translation>Die Rolle gibt es nicht, oder ihre Vertrauensrichtlinie sagt nein zu {0}.</translation>
    </message>
    <message>
        <source>The role does not let this provider in</source>
        <translation>Die Rolle lässt diesen Anbieter nicht ein</translation>
    </message>
    <message>
        <source>The role does not let this token in</source>
        <translation>Die Rolle lässt dieses Token nicht ein</translation>
    </message>
    <message>
        <source>The role is in {0}, the SAML provider in {1}.</source>
        <translation>Die Rolle ist in {0}, der SAML-Anbieter in {1}.</translation>
    </message>
    <message>
        <source>The role is in {0}, the assertion is for {1}.</source>
        <translation>Die Rolle ist in {0}, die Assertion ist für {1}.</translation>
    </message>
    <message>
        <source>The role is listed with another provider</source>
        <translation>Die Rolle ist mit einem anderen Anbieter aufgeführt</translation>
    </message>
    <message>
        <source>The role's ARN has a slip</source>
        <translation>In der ARN der Rolle steckt ein Tippfehler</translation>
    </message>
    <message>
        <source>The role's ARN is missing</source>
        <translation>Die ARN der Rolle fehlt</translation>
    </message>
    <message>
        <source>The role's trust policy does not let you in</source>
        <translation>Die Vertrauensrichtlinie der Rolle verweigert den Zugang</translation>
    </message>
    <message>
        <source>The role's trust policy has to allow sts:SetSourceIdentity.</source>
        <translation>Die Vertrauensrichtlinie der Rolle muss sts:SetSourceIdentity erlauben.</translation>
    </message>
    <message>
        <source>The role's trust policy has to allow sts:TagSession.</source>
        <translation>Die Vertrauensrichtlinie der Rolle muss sts:TagSession erlauben.</translation>
    </message>
    <message>
        <source>The role's trust policy has to name who asked.</source>
        <translation>Die Vertrauensrichtlinie der Rolle muss den Fragenden nennen.</translation>
    </message>
    <message>
        <source>The second part of an ARN is one of {0}.</source>
        <translation>Der zweite Teil einer ARN ist einer von {0}.</translation>
    </message>
    <message>
        <source>The secret access key of “{0}” is not in the keyring</source>
        <translation>Der geheime Zugriffsschlüssel von „{0}“ steht nicht im Schlüsselbund</translation>
    </message>
    <message>
        <source>The section has no aws_access_key_id.</source>
        <translation>Der Abschnitt hat keine aws_access_key_id.</translation>
    </message>
    <message>
        <source>The section in the credentials file holds unknown keys</source>
        <translation>Im Abschnitt der Anmeldedaten-Datei stehen unbekannte Schlüssel</translation>
    </message>
    <message>
        <source>The section that took its place is gone, or is not ours any more.</source>
        <translation>Der Abschnitt, der an seine Stelle trat, ist fort oder nicht mehr der unsere.</translation>
    </message>
    <message>
        <source>The session name in the assertion is not possible</source>
        <translation>Der Sitzungsname in der Assertion ist nicht möglich</translation>
    </message>
    <message>
        <source>The session of “{0}”</source>
        <translation>Die Sitzung von „{0}“</translation>
    </message>
    <message>
        <source>The session policy is malformed</source>
        <translation>Die Sitzungsrichtlinie ist fehlerhaft</translation>
    </message>
    <message>
        <source>The session policy of “{0}” leaves it out</source>
        <translation>Die Sitzungsrichtlinie von „{0}“ lässt es aus</translation>
    </message>
    <message>
        <source>The session that signed has expired</source>
        <translation>Die Sitzung, die signierte, ist abgelaufen</translation>
    </message>
    <message>
        <source>The session's secrets are gone</source>
        <translation>Die Geheimnisse der Sitzung sind fort</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Die Einstellungen ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>The settings could not be written</source>
        <translation>Die Einstellungen ließen sich nicht schreiben</translation>
    </message>
    <message>
        <source>The settings file belongs to a newer Rolecall</source>
        <translation>Die Einstellungsdatei gehört einem neueren Rolecall</translation>
    </message>
    <message>
        <source>The settings file cannot be read</source>
        <translation>Die Einstellungsdatei lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The settings file is written in a way that Rolecall cannot change</source>
        <translation>Die Einstellungsdatei ist so geschrieben, dass Rolecall sie nicht ändern kann</translation>
    </message>
    <message>
        <source>The sign-in has expired</source>
        <translation>Die Anmeldung ist abgelaufen</translation>
    </message>
    <message>
        <source>The sign-in to {0} failed</source>
        <translation>Die Anmeldung bei {0} ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The sign-in was not finished</source>
        <translation>Die Anmeldung wurde nicht abgeschlossen</translation>
    </message>
    <message>
        <source>The sign-in was refused at the provider</source>
        <translation>Die Anmeldung wurde beim Anbieter abgelehnt</translation>
    </message>
    <message>
        <source>The signature arrived incomplete</source>
        <translation>Die Signatur kam unvollständig an</translation>
    </message>
    <message>
        <source>The signature does not match</source>
        <translation>Die Signatur stimmt nicht</translation>
    </message>
    <message>
        <source>The source identity in the assertion is not possible</source>
        <translation>Die Quellidentität in der Assertion ist nicht möglich</translation>
    </message>
    <message>
        <source>The source is of another account</source>
        <translation>Die Quelle ist aus einem anderen Konto</translation>
    </message>
    <message>
        <source>The sources lead back to where they began</source>
        <translation>Die Quellen führen dorthin zurück, wo sie begannen</translation>
    </message>
    <message>
        <source>The state could not be {0}</source>
        <translation>Der Zustand ließ sich nicht lesen oder schreiben</translation>
    </message>
    <message>
        <source>The state was written by another version of Rolecall</source>
        <translation>Der Zustand wurde von einer anderen Version von Rolecall geschrieben</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>Der Text ist leer.</translation>
    </message>
    <message>
        <source>The text is too long</source>
        <translation>Der Text ist zu lang</translation>
    </message>
    <message>
        <source>The token does not name its issuer.</source>
        <translation>Das Token nennt seinen Aussteller nicht.</translation>
    </message>
    <message>
        <source>The token does not say when it expires.</source>
        <translation>Das Token sagt nicht, wann es abläuft.</translation>
    </message>
    <message>
        <source>The token file could not be read</source>
        <translation>Die Token-Datei ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>The token has expired</source>
        <translation>Das Token ist abgelaufen</translation>
    </message>
    <message>
        <source>The token is for nobody in particular.</source>
        <translation>Das Token ist für niemand Bestimmtes.</translation>
    </message>
    <message>
        <source>The token was issued {0} in the future.</source>
        <translation>Das Token ist auf {0} in der Zukunft ausgestellt.</translation>
    </message>
    <message>
        <source>The token's audience is “{0}”.</source>
        <translation>Die Zielgruppe des Tokens ist „{0}“.</translation>
    </message>
    <message>
        <source>The value of {0}</source>
        <translation>der Wert von {0}</translation>
    </message>
    <message>
        <source>There already is a {0} “{1}”</source>
        <translation>Es gibt schon: {0} „{1}“</translation>
    </message>
    <message>
        <source>There are {0}; which of them counts is not certain.</source>
        <translation>Es gibt {0}; welche davon gilt, ist ungewiss.</translation>
    </message>
    <message>
        <source>There can be no such file.</source>
        <translation>Eine solche Datei kann es nicht geben.</translation>
    </message>
    <message>
        <source>There is no SAML response</source>
        <translation>Es gibt keine SAML-Antwort</translation>
    </message>
    <message>
        <source>There is no SAML response in this</source>
        <translation>Hierin steht keine SAML-Antwort</translation>
    </message>
    <message>
        <source>There is no [sso-session {0}]: AWS tools stop here with an error.</source>
        <translation>[sso-session {0}] gibt es nicht: Hier brechen AWS-Werkzeuge mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>There is no browser to open here.</source>
        <translation>Hier lässt sich kein Browser öffnen.</translation>
    </message>
    <message>
        <source>There is no condition operator “{0}”.</source>
        <translation>Einen Bedingungsoperator „{0}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no desktop here</source>
        <translation>Hier gibt es keinen Desktop</translation>
    </message>
    <message>
        <source>There is no identity “{0}”</source>
        <translation>Eine Identität „{0}“ gibt es nicht</translation>
    </message>
    <message>
        <source>There is no keyring on this desktop</source>
        <translation>Auf diesem Desktop gibt es keinen Schlüsselbund</translation>
    </message>
    <message>
        <source>There is no link to copy</source>
        <translation>Es gibt keinen Link zu kopieren</translation>
    </message>
    <message>
        <source>There is no partition “{0}”.</source>
        <translation>Eine Partition „{0}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no profile “{0}”</source>
        <translation>Ein Profil „{0}“ gibt es nicht</translation>
    </message>
    <message>
        <source>There is no provider “{0}”</source>
        <translation>Einen Anbieter „{0}“ gibt es nicht</translation>
    </message>
    <message>
        <source>There is no sandbox for its pages: {0}.</source>
        <translation>Für seine Seiten gibt es keine Sandbox: {0}.</translation>
    </message>
    <message>
        <source>There is no such home directory.</source>
        <translation>Einen solchen Benutzerordner gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no terminal to ask on.</source>
        <translation>Es gibt kein Terminal zum Fragen.</translation>
    </message>
    <message>
        <source>There is no {0} named “{1}”.</source>
        <translation>Nicht vorhanden: {0} namens „{1}“.</translation>
    </message>
    <message>
        <source>There is no {0} “{1}”</source>
        <translation>Nicht vorhanden: {0} „{1}“</translation>
    </message>
    <message>
        <source>There is no {0}, and it does not come along. Nothing was taken over.</source>
        <translation>{0} gibt es nicht, und es kommt auch nicht mit. Nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>There is no {0}.</source>
        <translation>Es fehlt: {0}.</translation>
    </message>
    <message>
        <source>There is nobody to ask: no terminal and no window.</source>
        <translation>Es ist niemand zu fragen: kein Terminal und kein Fenster.</translation>
    </message>
    <message>
        <source>There is none: the response is for another service, or nobody assigned a role.</source>
        <translation>Es gibt keine: Die Antwort ist für einen anderen Dienst, oder niemand hat eine Rolle zugewiesen.</translation>
    </message>
    <message>
        <source>There is nothing to sign in to: its first link is an identity's key.</source>
        <translation>Es gibt nichts zum Anmelden: Das erste Glied ist der Schlüssel einer Identität.</translation>
    </message>
    <message>
        <source>These credentials are of account {0}</source>
        <translation>Diese Anmeldedaten sind aus Konto {0}</translation>
    </message>
    <message>
        <source>These credentials cannot be written for a shell</source>
        <translation>Diese Anmeldedaten lassen sich nicht für eine Shell schreiben</translation>
    </message>
    <message>
        <source>These credentials cannot open the console</source>
        <translation>Diese Anmeldedaten können die Konsole nicht öffnen</translation>
    </message>
    <message>
        <source>These keys are not confirmed: their section or their profile was changed. Refresh it to be sure.</source>
        <translation>Diese Schlüssel sind nicht bestätigt: Ihr Abschnitt oder ihr Profil wurde geändert. Erneuern schafft Gewissheit.</translation>
    </message>
    <message>
        <source>They are temporary keys, which expire.</source>
        <translation>Es sind temporäre Schlüssel, die ablaufen.</translation>
    </message>
    <message>
        <source>They hold a character that a shell could give a meaning.</source>
        <translation>Sie enthalten ein Zeichen, dem eine Shell eine Bedeutung geben könnte.</translation>
    </message>
    <message>
        <source>This AWS profile name cannot be used</source>
        <translation>Dieser AWS-Profilname ist unbrauchbar</translation>
    </message>
    <message>
        <source>This SAML response is too old</source>
        <translation>Diese SAML-Antwort ist zu alt</translation>
    </message>
    <message>
        <source>This [ is never closed.</source>
        <translation>Diese [ wird nie geschlossen.</translation>
    </message>
    <message>
        <source>This address</source>
        <translation>Diese Adresse</translation>
    </message>
    <message>
        <source>This code was sent a moment ago</source>
        <translation>Dieser Code wurde gerade erst gesendet</translation>
    </message>
    <message>
        <source>This did not work</source>
        <translation>Das ging nicht</translation>
    </message>
    <message>
        <source>This is a SAML request, not the response</source>
        <translation>Das ist eine SAML-Anfrage, nicht die Antwort</translation>
    </message>
    <message>
        <source>This is no file with profiles of Rolecall</source>
        <translation>Das ist keine Datei mit Profilen von Rolecall</translation>
    </message>
    <message>
        <source>This is no number.</source>
        <translation>Das ist keine Zahl.</translation>
    </message>
    <message>
        <source>This is no token that AWS takes</source>
        <translation>Das ist kein Token, das AWS annimmt</translation>
    </message>
    <message>
        <source>This is not UTF-8 text.</source>
        <translation>Das ist kein UTF-8-Text.</translation>
    </message>
    <message>
        <source>This is not a SAML 2.0 response</source>
        <translation>Das ist keine SAML-2.0-Antwort</translation>
    </message>
    <message>
        <source>This is not a SAML response</source>
        <translation>Das ist keine SAML-Antwort</translation>
    </message>
    <message>
        <source>This is not a whole otpauth:// URL.</source>
        <translation>Das ist keine vollständige otpauth://-URL.</translation>
    </message>
    <message>
        <source>This key is a temporary one</source>
        <translation>Dieser Schlüssel ist ein temporärer</translation>
    </message>
    <message>
        <source>This kind of password prompt is not offered</source>
        <translation>Diese Art von Passwortabfrage wird nicht angeboten</translation>
    </message>
    <message>
        <source>This login URL cannot be opened</source>
        <translation>Diese Anmelde-URL lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>This looks like a secret access key</source>
        <translation>Das sieht aus wie ein geheimer Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>This one has no path.</source>
        <translation>Dieser hat keinen Pfad.</translation>
    </message>
    <message>
        <source>This one neither renews nor removes it.</source>
        <translation>Diese hier erneuert und entfernt es nicht.</translation>
    </message>
    <message>
        <source>This provider is not signed in to that way</source>
        <translation>Bei diesem Anbieter wird nicht so angemeldet</translation>
    </message>
    <message>
        <source>This text is never closed.</source>
        <translation>Dieser Text wird nie geschlossen.</translation>
    </message>
    <message>
        <source>This text is not about a denial</source>
        <translation>In diesem Text geht es nicht um eine Verweigerung</translation>
    </message>
    <message>
        <source>This { is never closed.</source>
        <translation>Diese { wird nie geschlossen.</translation>
    </message>
    <message>
        <source>This {0} is never closed.</source>
        <translation>Diese {0} wird nie geschlossen.</translation>
    </message>
    <message>
        <source>Too many files are open</source>
        <translation>Zu viele Dateien sind offen</translation>
    </message>
    <message>
        <source>Too many requests at once: try again in a moment. What is live is renewed by itself, with growing pauses.</source>
        <translation>Zu viele Anfragen auf einmal: gleich noch einmal versuchen. Was läuft, erneuert sich von selbst, in wachsenden Abständen.</translation>
    </message>
    <message>
        <source>Tools obtain credentials in the way this line says, and do not use the published ones.</source>
        <translation>Werkzeuge erhalten Anmeldedaten so, wie diese Zeile sagt, und verwenden die bereitgestellten nicht.</translation>
    </message>
    <message>
        <source>Transitive tags</source>
        <translation>Transitive Tags</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again in a moment. What is live is renewed by itself, with growing pauses.</source>
        <translation>Gleich noch einmal versuchen. Was läuft, erneuert sich von selbst, in wachsenden Abständen.</translation>
    </message>
    <message>
        <source>Try again in a moment; health.aws.amazon.com tells about disturbances. What is live is renewed by itself.</source>
        <translation>Gleich noch einmal versuchen; health.aws.amazon.com berichtet über Störungen. Was läuft, erneuert sich von selbst.</translation>
    </message>
    <message>
        <source>Try again in a moment; if it stays, see that this address and the jwks_uri it names are open to the internet and answer within 5 seconds, with a certificate that AWS trusts.</source>
        <translation>Gleich noch einmal versuchen; bleibt es dabei, nachsehen, ob diese Adresse und die von ihr genannte jwks_uri aus dem Internet erreichbar sind und binnen 5 Sekunden antworten, mit einem Zertifikat, dem AWS vertraut.</translation>
    </message>
    <message>
        <source>Try again in a moment; the provider may be down or hidden from AWS.</source>
        <translation>Gleich noch einmal versuchen; womöglich ist der Anbieter ausgefallen oder für AWS nicht erreichbar.</translation>
    </message>
    <message>
        <source>Try again. If this stays, end other rolecall processes.</source>
        <translation>Erneut versuchen. Bleibt es dabei, andere rolecall-Prozesse beenden.</translation>
    </message>
    <message>
        <source>Try again: the refusal was somebody else's.</source>
        <translation>Erneut versuchen: Die Ablehnung kam von jemand anderem.</translation>
    </message>
    <message>
        <source>Try again; behind a captive portal or a proxy, sign in to the network first.</source>
        <translation>Erneut versuchen; hinter einem Anmeldeportal oder Proxy erst am Netzwerk anmelden.</translation>
    </message>
    <message>
        <source>Try again; if an endpoint URL is set, check what answers there.</source>
        <translation>Erneut versuchen; ist eine Endpunkt-URL gesetzt, nachsehen, was dort antwortet.</translation>
    </message>
    <message>
        <source>Try again; if an endpoint URL or a proxy is set, check what answers there.</source>
        <translation>Versuchen Sie es noch einmal; wenn eine Endpunkt-URL oder ein Proxy gesetzt ist, prüfen Sie, was dort antwortet.</translation>
    </message>
    <message>
        <source>Try again; if it happens often, check the proxy.</source>
        <translation>Erneut versuchen; geschieht es öfter, den Proxy prüfen.</translation>
    </message>
    <message>
        <source>Try again; if it happens often, something between here and AWS ends connections.</source>
        <translation>Erneut versuchen; geschieht es öfter, beendet etwas zwischen hier und AWS die Verbindungen.</translation>
    </message>
    <message>
        <source>Try again; if it happens often, something between here and the provider ends connections.</source>
        <translation>Erneut versuchen; geschieht es öfter, beendet etwas zwischen hier und dem Anbieter die Verbindungen.</translation>
    </message>
    <message>
        <source>Two entries cannot bear one name.</source>
        <translation>Zwei Einträge können nicht denselben Namen tragen.</translation>
    </message>
    <message>
        <source>Two values exclude each other</source>
        <translation>Zwei Werte schließen einander aus</translation>
    </message>
    <message>
        <source>Type {0}, or press and hold, in the window; or run `rolecall assume {1} --confirm {2}`.</source>
        <translation>Im Fenster {0} eingeben oder gedrückt halten; oder `rolecall assume {1} --confirm {2}` ausführen.</translation>
    </message>
    <message>
        <source>Unlock it, and try again.</source>
        <translation>Entsperren und erneut versuchen.</translation>
    </message>
    <message>
        <source>Unset AWS_ENDPOINT_URL_STS and AWS_ENDPOINT_URL, or switch FIPS and dual stack off.</source>
        <translation>AWS_ENDPOINT_URL_STS und AWS_ENDPOINT_URL aufheben oder FIPS und Dual-Stack ausschalten.</translation>
    </message>
    <message>
        <source>Use JSON, or the published profile.</source>
        <translation>JSON oder das bereitgestellte Profil verwenden.</translation>
    </message>
    <message>
        <source>Use a role, or a profile with federated_user, which the identity itself obtains.</source>
        <translation>Eine Rolle verwenden oder ein Profil mit federated_user, das die Identität selbst anfordert.</translation>
    </message>
    <message>
        <source>Use a symbolic link instead.</source>
        <translation>Stattdessen eine symbolische Verknüpfung verwenden.</translation>
    </message>
    <message>
        <source>Use an IAM user's access key; root should have none.</source>
        <translation>Den Zugriffsschlüssel eines IAM-Benutzers verwenden; Root sollte keinen haben.</translation>
    </message>
    <message>
        <source>Use another region, or ask an administrator of the account to activate STS there (IAM, account settings).</source>
        <translation>Eine andere Region verwenden oder einen Administrator des Kontos bitten, STS dort zu aktivieren (IAM, Kontoeinstellungen).</translation>
    </message>
    <message>
        <source>Use another region, or ask an administrator of the account to enable this one.</source>
        <translation>Eine andere Region verwenden oder einen Administrator des Kontos bitten, diese freizuschalten.</translation>
    </message>
    <message>
        <source>Use the command line with this session.</source>
        <translation>Mit dieser Sitzung die Befehlszeile verwenden.</translation>
    </message>
    <message>
        <source>Use the desktop's own keyring, set ROLECALL_KEYRING=file:PATH for an encrypted file, or keep secrets in memory until quit.</source>
        <translation>Den Schlüsselbund des Desktops verwenden, ROLECALL_KEYRING=file:PATH für eine verschlüsselte Datei setzen oder Geheimnisse bis zum Beenden im Speicher halten.</translation>
    </message>
    <message>
        <source>Use the newer Rolecall to change it.</source>
        <translation>Zum Ändern das neuere Rolecall verwenden.</translation>
    </message>
    <message>
        <source>Use the newer Rolecall.</source>
        <translation>Das neuere Rolecall verwenden.</translation>
    </message>
    <message>
        <source>Use the window.</source>
        <translation>Das Fenster verwenden.</translation>
    </message>
    <message>
        <source>VPC endpoint policy</source>
        <translation>VPC-Endpunktrichtlinie</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>Value {0} of the attribute Role is not the ARN of a role and the ARN of a SAML provider, with a comma.</source>
        <translation>Wert {0} des Attributs Role ist nicht die ARN einer Rolle und die ARN eines SAML-Anbieters, mit einem Komma.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version is a date AWS has given the language.</source>
        <translation>Version ist ein Datum, das AWS der Sprache gegeben hat.</translation>
    </message>
    <message>
        <source>Wait for the next one.</source>
        <translation>Auf den nächsten warten.</translation>
    </message>
    <message>
        <source>Wait until they are done, then try again.</source>
        <translation>Warten, bis sie fertig sind, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>What happened last: {0}.</source>
        <translation>Was zuletzt geschah: {0}.</translation>
    </message>
    <message>
        <source>What is kept of this provider could not be opened or removed</source>
        <translation>Was von diesem Anbieter aufbewahrt ist, ließ sich nicht öffnen oder entfernen</translation>
    </message>
    <message>
        <source>What is lent is not obtained again in the background.</source>
        <translation>Geliehenes wird nicht im Hintergrund neu angefordert.</translation>
    </message>
    <message>
        <source>What it says is in order, so its signature or the issuer does not fit what the account knows.</source>
        <translation>Was darin steht, ist in Ordnung; also passt die Signatur oder der Aussteller nicht zu dem, was das Konto kennt.</translation>
    </message>
    <message>
        <source>What signs was narrowed by a session policy, which has to allow this call too.</source>
        <translation>Was signiert, ist durch eine Sitzungsrichtlinie eingeengt, die auch diesen Aufruf erlauben muss.</translation>
    </message>
    <message>
        <source>What the provider sent back makes no sense.</source>
        <translation>Was der Anbieter zurücksandte, ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>What the provider wishes.</source>
        <translation>Was der Anbieter wünscht.</translation>
    </message>
    <message>
        <source>What was typed is not its name: “{0}”.</source>
        <translation>Eingegeben wurde nicht der Name: „{0}“.</translation>
    </message>
    <message>
        <source>What “{0}” holds was good until {1} UTC.</source>
        <translation>Was in „{0}“ steht, galt bis {1} UTC.</translation>
    </message>
    <message>
        <source>Who asks may not call {0}</source>
        <translation>Wer fragt, darf {0} nicht aufrufen</translation>
    </message>
    <message>
        <source>Whoever asked</source>
        <translation>Der Fragende</translation>
    </message>
    <message>
        <source>Windows Credential Manager</source>
        <translation>Windows-Anmeldeinformationsverwaltung</translation>
    </message>
    <message>
        <source>With SAML the provider names the session (RoleSessionName in the assertion).</source>
        <translation>Bei SAML benennt der Anbieter die Sitzung (RoleSessionName in der Assertion).</translation>
    </message>
    <message>
        <source>Without MFA, GetSessionToken credentials cannot call IAM.</source>
        <translation>Ohne MFA können Anmeldedaten aus GetSessionToken IAM nicht aufrufen.</translation>
    </message>
    <message>
        <source>Without Version AWS reads it by the rules of 2008, where ${…} is plain text.</source>
        <translation>Ohne Version liest AWS sie nach den Regeln von 2008, in denen ${…} gewöhnlicher Text ist.</translation>
    </message>
    <message>
        <source>Without a session policy a federated user can do almost nothing.</source>
        <translation>Ohne Sitzungsrichtlinie kann ein föderierter Benutzer fast nichts.</translation>
    </message>
    <message>
        <source>Write &quot; instead of '.</source>
        <translation>&quot; anstelle von ' schreiben.</translation>
    </message>
    <message>
        <source>Write &quot;2012-10-17&quot;.</source>
        <translation>&quot;2012-10-17&quot; schreiben.</translation>
    </message>
    <message>
        <source>Write &quot;Allow&quot; or &quot;Deny&quot;, just like that.</source>
        <translation>&quot;Allow&quot; oder &quot;Deny&quot; schreiben, genau so.</translation>
    </message>
    <message>
        <source>Write &quot;Name&quot;: value.</source>
        <translation>&quot;Name&quot;: Wert schreiben.</translation>
    </message>
    <message>
        <source>Write arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE; parts may be empty.</source>
        <translation>arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE schreiben; Teile dürfen leer sein.</translation>
    </message>
    <message>
        <source>Write it like this: {0}</source>
        <translation>So schreiben: {0}</translation>
    </message>
    <message>
        <source>Write one of them.</source>
        <translation>Eines davon schreiben.</translation>
    </message>
    <message>
        <source>Write s3:Get*, or * for all.</source>
        <translation>s3:Get* schreiben, oder * für alle.</translation>
    </message>
    <message>
        <source>Write the whole path, one that begins with ~/, or only the name of a program that PATH knows.</source>
        <translation>Den ganzen Pfad schreiben, einen, der mit ~/ beginnt, oder nur den Namen eines Programms, das PATH kennt.</translation>
    </message>
    <message>
        <source>Write {&quot;Effect&quot;: &quot;Allow&quot;, &quot;Action&quot;: …}.</source>
        <translation>{&quot;Effect&quot;: &quot;Allow&quot;, &quot;Action&quot;: …} schreiben.</translation>
    </message>
    <message>
        <source>Write {&quot;StringEquals&quot;: {&quot;aws:RequestedRegion&quot;: &quot;eu-west-1&quot;}}.</source>
        <translation>{&quot;StringEquals&quot;: {&quot;aws:RequestedRegion&quot;: &quot;eu-west-1&quot;}} schreiben.</translation>
    </message>
    <message>
        <source>Write {&quot;aws:RequestedRegion&quot;: &quot;eu-west-1&quot;}.</source>
        <translation>{&quot;aws:RequestedRegion&quot;: &quot;eu-west-1&quot;} schreiben.</translation>
    </message>
    <message>
        <source>Write “{0}”.</source>
        <translation>„{0}“ schreiben.</translation>
    </message>
    <message>
        <source>You are not signed in to {0}</source>
        <translation>Nicht angemeldet bei {0}</translation>
    </message>
    <message>
        <source>You are signed in to {0}</source>
        <translation>Angemeldet bei {0}</translation>
    </message>
    <message>
        <source>`rolecall identity list` shows the names.</source>
        <translation>`rolecall identity list` zeigt die Namen.</translation>
    </message>
    <message>
        <source>`rolecall list` shows the names.</source>
        <translation>`rolecall list` zeigt die Namen.</translation>
    </message>
    <message>
        <source>`rolecall provider list` shows the names.</source>
        <translation>`rolecall provider list` zeigt die Namen.</translation>
    </message>
    <message>
        <source>a bearer token that STS made for a service</source>
        <translation>ein Bearer-Token, das STS für einen Dienst gemacht hat</translation>
    </message>
    <message>
        <source>a certificate</source>
        <translation>ein Zertifikat</translation>
    </message>
    <message>
        <source>a command with its arguments</source>
        <translation>ein Befehl mit seinen Argumenten</translation>
    </message>
    <message>
        <source>a credential for one service alone</source>
        <translation>Anmeldedaten für einen einzigen Dienst</translation>
    </message>
    <message>
        <source>a document type definition</source>
        <translation>eine Dokumenttypdefinition</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>eine Liste von Texten</translation>
    </message>
    <message>
        <source>a login page is not shown to the system's administrator (root)</source>
        <translation>eine Anmeldeseite wird dem Administrator des Systems (root) nicht gezeigt</translation>
    </message>
    <message>
        <source>a long-term access key of an IAM user or of an account's root user</source>
        <translation>ein langfristiger Zugriffsschlüssel eines IAM-Benutzers oder des Root-Benutzers eines Kontos</translation>
    </message>
    <message>
        <source>a managed policy</source>
        <translation>eine verwaltete Richtlinie</translation>
    </message>
    <message>
        <source>a message of SAML 1</source>
        <translation>eine Nachricht von SAML 1</translation>
    </message>
    <message>
        <source>a namespace longer than any</source>
        <translation>ein Namensraum, der länger ist als jeder andere</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a page that is not AWS's</source>
        <translation>eine Seite, die nicht von AWS ist</translation>
    </message>
    <message>
        <source>a policy</source>
        <translation>eine Richtlinie</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>ein Programm</translation>
    </message>
    <message>
        <source>a public key</source>
        <translation>ein öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>a response of another version</source>
        <translation>eine Antwort einer anderen Version</translation>
    </message>
    <message>
        <source>a response with an assertion of another version</source>
        <translation>eine Antwort mit einer Assertion einer anderen Version</translation>
    </message>
    <message>
        <source>a role's session</source>
        <translation>die Sitzung einer Rolle</translation>
    </message>
    <message>
        <source>a source identity</source>
        <translation>eine Quellidentität</translation>
    </message>
    <message>
        <source>a statement</source>
        <translation>eine Anweisung</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>eine Tabelle</translation>
    </message>
    <message>
        <source>a table of texts</source>
        <translation>eine Tabelle von Texten</translation>
    </message>
    <message>
        <source>a temporary access key of a session</source>
        <translation>ein temporärer Zugriffsschlüssel einer Sitzung</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a token</source>
        <translation>ein Token</translation>
    </message>
    <message>
        <source>a version of a managed policy</source>
        <translation>eine Version einer verwalteten Richtlinie</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation>eine ganze Zahl ab 1</translation>
    </message>
    <message>
        <source>access denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>access key of {0} in {1}</source>
        <translation>Zugriffsschlüssel von {0} in {1}</translation>
    </message>
    <message>
        <source>an EC2 instance profile</source>
        <translation>ein EC2-Instance-Profil</translation>
    </message>
    <message>
        <source>an IAM role</source>
        <translation>eine IAM-Rolle</translation>
    </message>
    <message>
        <source>an IAM user</source>
        <translation>ein IAM-Benutzer</translation>
    </message>
    <message>
        <source>an IAM user group</source>
        <translation>eine IAM-Benutzergruppe</translation>
    </message>
    <message>
        <source>an assertion alone: STS wants the whole response around it</source>
        <translation>nur eine Assertion: STS will die ganze Antwort darum herum</translation>
    </message>
    <message>
        <source>an empty page</source>
        <translation>eine leere Seite</translation>
    </message>
    <message>
        <source>an error without a code</source>
        <translation>ein Fehler ohne Code</translation>
    </message>
    <message>
        <source>answered {0}, and not in JSON.</source>
        <translation>antwortete {0}, und nicht in JSON.</translation>
    </message>
    <message>
        <source>ascertain {0}</source>
        <translation>{0} feststellen</translation>
    </message>
    <message>
        <source>asks for something</source>
        <translation>verlangt etwas</translation>
    </message>
    <message>
        <source>aws_security_token in [{0}] belongs to no key</source>
        <translation>aws_security_token in [{0}] gehört zu keinem Schlüssel</translation>
    </message>
    <message>
        <source>aws_security_token in [{0}] hides the session token</source>
        <translation>aws_security_token in [{0}] verdeckt das Sitzungstoken</translation>
    </message>
    <message>
        <source>aws_security_token is sent with a key that needs none</source>
        <translation>aws_security_token wird mit einem Schlüssel gesendet, der keines braucht</translation>
    </message>
    <message>
        <source>aws_security_token is taken in place of aws_session_token</source>
        <translation>aws_security_token wird anstelle von aws_session_token genommen</translation>
    </message>
    <message>
        <source>aws_security_token of “{0}” in the config file belongs to no key</source>
        <translation>aws_security_token von „{0}“ in der Konfigurationsdatei gehört zu keinem Schlüssel</translation>
    </message>
    <message>
        <source>aws_security_token of “{0}” in the config file hides the session token</source>
        <translation>aws_security_token von „{0}“ in der Konfigurationsdatei verdeckt das Sitzungstoken</translation>
    </message>
    <message>
        <source>aws_session_token is another one, and not looked at: AWS will refuse these keys if that was newer.</source>
        <translation>aws_session_token ist ein anderes und wird nicht beachtet: War es neuer, lehnt AWS diese Schlüssel ab.</translation>
    </message>
    <message>
        <source>begins [{0}] a second time</source>
        <translation>beginnt [{0}] ein zweites Mal</translation>
    </message>
    <message>
        <source>begins with a byte order mark</source>
        <translation>beginnt mit einer Byte-Reihenfolge-Marke</translation>
    </message>
    <message>
        <source>both source_profile and credential_source are set</source>
        <translation>sowohl source_profile als auch credential_source ist gesetzt</translation>
    </message>
    <message>
        <source>boto's own file ({0})</source>
        <translation>die eigene Datei von boto ({0})</translation>
    </message>
    <message>
        <source>characters of Latin-1 (U+0020 to U+00FF), tabs and line breaks</source>
        <translation>Zeichen aus Latin-1 (U+0020 bis U+00FF), Tabulatoren und Zeilenumbrüche</translation>
    </message>
    <message>
        <source>config file</source>
        <translation>Konfigurationsdatei</translation>
    </message>
    <message>
        <source>container endpoint (AWS_CONTAINER_CREDENTIALS_…)</source>
        <translation>Container-Endpunkt (AWS_CONTAINER_CREDENTIALS_…)</translation>
    </message>
    <message>
        <source>credential_process of {0}</source>
        <translation>credential_process von {0}</translation>
    </message>
    <message>
        <source>credential_process of “{0}” never runs</source>
        <translation>credential_process von „{0}“ wird nie ausgeführt</translation>
    </message>
    <message>
        <source>credentials file</source>
        <translation>Anmeldedaten-Datei</translation>
    </message>
    <message>
        <source>did not sign in by itself</source>
        <translation>hat sich nicht von selbst angemeldet</translation>
    </message>
    <message>
        <source>dual stack</source>
        <translation>Dual-Stack</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>encrypted file {0}</source>
        <translation>verschlüsselte Datei {0}</translation>
    </message>
    <message>
        <source>explicit deny</source>
        <translation>ausdrückliches Deny</translation>
    </message>
    <message>
        <source>external_id is left out: AssumeRoleWithWebIdentity takes none.</source>
        <translation>external_id wird weggelassen: AssumeRoleWithWebIdentity nimmt keine.</translation>
    </message>
    <message>
        <source>federated user</source>
        <translation>föderierter Benutzer</translation>
    </message>
    <message>
        <source>federated user {0}</source>
        <translation>föderierter Benutzer {0}</translation>
    </message>
    <message>
        <source>from the assertion</source>
        <translation>aus der Assertion</translation>
    </message>
    <message>
        <source>from the token ({0})</source>
        <translation>aus dem Token ({0})</translation>
    </message>
    <message>
        <source>gets its keys from a program (credential_process)</source>
        <translation>erhält seine Schlüssel von einem Programm (credential_process)</translation>
    </message>
    <message>
        <source>has neither keys nor a role</source>
        <translation>hat weder Schlüssel noch eine Rolle</translation>
    </message>
    <message>
        <source>has signed in nobody here yet</source>
        <translation>hat hier noch niemanden angemeldet</translation>
    </message>
    <message>
        <source>holds bytes that are not UTF-8</source>
        <translation>enthält Bytes, die nicht UTF-8 sind</translation>
    </message>
    <message>
        <source>holds no certificate in PEM form</source>
        <translation>enthält kein Zertifikat im PEM-Format</translation>
    </message>
    <message>
        <source>identity-based policy</source>
        <translation>identitätsbasierte Richtlinie</translation>
    </message>
    <message>
        <source>in an encoding other than UTF-8</source>
        <translation>in einer anderen Kodierung als UTF-8</translation>
    </message>
    <message>
        <source>in an encoding that is not taken here: paste the base64 text instead</source>
        <translation>in einer Kodierung, die hier nicht angenommen wird: stattdessen den base64-Text einfügen</translation>
    </message>
    <message>
        <source>in an unknown encoding</source>
        <translation>in einer unbekannten Kodierung</translation>
    </message>
    <message>
        <source>in memory until quit</source>
        <translation>im Speicher bis zum Beenden</translation>
    </message>
    <message>
        <source>in time</source>
        <translation>rechtzeitig</translation>
    </message>
    <message>
        <source>is neither a section, nor a key with its value, nor a comment</source>
        <translation>ist weder ein Abschnitt noch ein Schlüssel mit seinem Wert noch ein Kommentar</translation>
    </message>
    <message>
        <source>is not authorized to perform</source>
        <translation>is not authorized to perform</translation>
    </message>
    <message>
        <source>is read as a part of the empty {0} above it, but is no name = value</source>
        <translation>wird als Teil des leeren {0} darüber gelesen, ist aber kein Name = Wert</translation>
    </message>
    <message>
        <source>it answered with something that is no discovery document.</source>
        <translation>es antwortete mit etwas, das kein Discovery-Dokument ist.</translation>
    </message>
    <message>
        <source>it answered {0} instead of describing itself.</source>
        <translation>es antwortete {0}, anstatt sich zu beschreiben.</translation>
    </message>
    <message>
        <source>it cannot be unpacked.</source>
        <translation>sie lässt sich nicht entpacken.</translation>
    </message>
    <message>
        <source>it demands MFA</source>
        <translation>sie verlangt MFA</translation>
    </message>
    <message>
        <source>it demands an external ID</source>
        <translation>sie verlangt eine externe ID</translation>
    </message>
    <message>
        <source>it ends too early.</source>
        <translation>sie endet zu früh.</translation>
    </message>
    <message>
        <source>it is packed again and again.</source>
        <translation>sie ist immer wieder verpackt.</translation>
    </message>
    <message>
        <source>it is packed in a way that was not asked for.</source>
        <translation>sie ist auf eine nicht verlangte Weise gepackt.</translation>
    </message>
    <message>
        <source>it names no {0}.</source>
        <translation>es nennt kein {0}.</translation>
    </message>
    <message>
        <source>it redirects in circles</source>
        <translation>sie leitet im Kreis weiter</translation>
    </message>
    <message>
        <source>it refuses session tags or the source identity</source>
        <translation>sie lehnt Sitzungs-Tags oder die Quellidentität ab</translation>
    </message>
    <message>
        <source>its certificate has expired, or is not valid yet</source>
        <translation>ihr Zertifikat ist abgelaufen oder noch nicht gültig</translation>
    </message>
    <message>
        <source>its certificate is for another name</source>
        <translation>ihr Zertifikat ist für einen anderen Namen</translation>
    </message>
    <message>
        <source>its certificate is from an authority that this machine does not trust</source>
        <translation>ihr Zertifikat ist von einer Stelle, der dieser Rechner nicht vertraut</translation>
    </message>
    <message>
        <source>its certificate is not valid</source>
        <translation>ihr Zertifikat ist nicht gültig</translation>
    </message>
    <message>
        <source>its certificate was revoked</source>
        <translation>ihr Zertifikat wurde widerrufen</translation>
    </message>
    <message>
        <source>its keys were not given (status {0}).</source>
        <translation>die Schlüssel gab es nicht (Status {0}).</translation>
    </message>
    <message>
        <source>larger than any answer</source>
        <translation>größer als jede Antwort</translation>
    </message>
    <message>
        <source>letters, digits and _</source>
        <translation>Buchstaben, Ziffern und _</translation>
    </message>
    <message>
        <source>letters, digits and _+=,.@-</source>
        <translation>Buchstaben, Ziffern und _+=,.@-</translation>
    </message>
    <message>
        <source>letters, digits and _+=,.@:/-</source>
        <translation>Buchstaben, Ziffern und _+=,.@:/-</translation>
    </message>
    <message>
        <source>letters, digits and _+=/:,.@-</source>
        <translation>Buchstaben, Ziffern und _+=/:,.@-</translation>
    </message>
    <message>
        <source>login_session of {0}</source>
        <translation>login_session von {0}</translation>
    </message>
    <message>
        <source>metadata of an EC2 instance</source>
        <translation>Metadaten einer EC2-Instance</translation>
    </message>
    <message>
        <source>mfa is set, but neither it nor “{0}” names a device.</source>
        <translation>mfa ist gesetzt, aber weder hier noch bei „{0}“ ist ein Gerät genannt.</translation>
    </message>
    <message>
        <source>mfa session</source>
        <translation>MFA-Sitzung</translation>
    </message>
    <message>
        <source>mfa_serial is left out: {0} has no MFA device.</source>
        <translation>mfa_serial wird weggelassen: {0} hat kein MFA-Gerät.</translation>
    </message>
    <message>
        <source>more elements than any answer</source>
        <translation>mehr Elemente als jede Antwort</translation>
    </message>
    <message>
        <source>must be within 15 minutes</source>
        <translation>must be within 15 minutes</translation>
    </message>
    <message>
        <source>needs another code of {0}</source>
        <translation>braucht einen weiteren Code von {0}</translation>
    </message>
    <message>
        <source>network error {0}</source>
        <translation>Netzwerkfehler {0}</translation>
    </message>
    <message>
        <source>no algorithm</source>
        <translation>keinen Algorithmus</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no provider for this role</source>
        <translation>keinen Anbieter für diese Rolle</translation>
    </message>
    <message>
        <source>no {0} allows it (an implicit deny)</source>
        <translation>keine {0} erlaubt es (implizites Deny)</translation>
    </message>
    <message>
        <source>nobody in particular</source>
        <translation>niemand Bestimmtes</translation>
    </message>
    <message>
        <source>nobody: the {0} is the proof</source>
        <translation>niemand: {0} ist der Nachweis</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none outside</source>
        <translation>nirgends sonst</translation>
    </message>
    <message>
        <source>not authorized</source>
        <translation>not authorized</translation>
    </message>
    <message>
        <source>not in the encoding that it names</source>
        <translation>nicht in der Kodierung, die es nennt</translation>
    </message>
    <message>
        <source>not well-formed (line {0})</source>
        <translation>nicht wohlgeformt (Zeile {0})</translation>
    </message>
    <message>
        <source>not yet current</source>
        <translation>not yet current</translation>
    </message>
    <message>
        <source>of a kind that this version of Rolecall does not know</source>
        <translation>von einer Art, die diese Version von Rolecall nicht kennt</translation>
    </message>
    <message>
        <source>of account {0}</source>
        <translation>aus Konto {0}</translation>
    </message>
    <message>
        <source>of the token</source>
        <translation>des Tokens</translation>
    </message>
    <message>
        <source>openid configuration</source>
        <translation>openid configuration</translation>
    </message>
    <message>
        <source>permissions boundary</source>
        <translation>Berechtigungsgrenze</translation>
    </message>
    <message>
        <source>policy that applies</source>
        <translation>geltende Richtlinie</translation>
    </message>
    <message>
        <source>present</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>printable characters</source>
        <translation>druckbare Zeichen</translation>
    </message>
    <message>
        <source>provider {0}</source>
        <translation>Anbieter {0}</translation>
    </message>
    <message>
        <source>resource control policy</source>
        <translation>Ressourcen-Kontrollrichtlinie</translation>
    </message>
    <message>
        <source>resource-based policy</source>
        <translation>ressourcenbasierte Richtlinie</translation>
    </message>
    <message>
        <source>role trust policy</source>
        <translation>Vertrauensrichtlinie der Rolle</translation>
    </message>
    <message>
        <source>role_arn of {0}</source>
        <translation>role_arn von {0}</translation>
    </message>
    <message>
        <source>saml or oidc</source>
        <translation>saml oder oidc</translation>
    </message>
    <message>
        <source>sent no access token that AWS would take.</source>
        <translation>sandte kein Zugriffstoken, das AWS annähme.</translation>
    </message>
    <message>
        <source>sent no code that could be typed.</source>
        <translation>sandte keinen Code, der sich eingeben ließe.</translation>
    </message>
    <message>
        <source>sent something as {0} that is no token.</source>
        <translation>sandte als {0} etwas, das kein Token ist.</translation>
    </message>
    <message>
        <source>service control policy</source>
        <translation>Service-Kontrollrichtlinie</translation>
    </message>
    <message>
        <source>session policy</source>
        <translation>Sitzungsrichtlinie</translation>
    </message>
    <message>
        <source>session tags</source>
        <translation>Sitzungs-Tags</translation>
    </message>
    <message>
        <source>session token</source>
        <translation>Sitzungstoken</translation>
    </message>
    <message>
        <source>sets {0} of [{1}] a second time</source>
        <translation>setzt {0} von [{1}] ein zweites Mal</translation>
    </message>
    <message>
        <source>signature expired</source>
        <translation>signature expired</translation>
    </message>
    <message>
        <source>some other document</source>
        <translation>irgendein anderes Dokument</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>etwas anderes</translation>
    </message>
    <message>
        <source>source_profile is missing</source>
        <translation>source_profile fehlt</translation>
    </message>
    <message>
        <source>stale token</source>
        <translation>veraltetes Token</translation>
    </message>
    <message>
        <source>statement “{0}”</source>
        <translation>Anweisung „{0}“</translation>
    </message>
    <message>
        <source>the ARN of who asks</source>
        <translation>die ARN des Fragenden</translation>
    </message>
    <message>
        <source>the ID of the IAM user's access key</source>
        <translation>die ID des Zugriffsschlüssels des IAM-Benutzers</translation>
    </message>
    <message>
        <source>the OIDC provider</source>
        <translation>den OIDC-Anbieter</translation>
    </message>
    <message>
        <source>the account's root user</source>
        <translation>der Root-Benutzer des Kontos</translation>
    </message>
    <message>
        <source>the address was refused</source>
        <translation>die Adresse wurde abgelehnt</translation>
    </message>
    <message>
        <source>the address where signing in to AWS begins</source>
        <translation>die Adresse, an der die Anmeldung bei AWS beginnt</translation>
    </message>
    <message>
        <source>the answer broke off</source>
        <translation>die Antwort brach ab</translation>
    </message>
    <message>
        <source>the connection failed</source>
        <translation>die Verbindung misslang</translation>
    </message>
    <message>
        <source>the connection was closed</source>
        <translation>die Verbindung wurde geschlossen</translation>
    </message>
    <message>
        <source>the connection was refused</source>
        <translation>die Verbindung wurde abgelehnt</translation>
    </message>
    <message>
        <source>the connection was reset</source>
        <translation>die Verbindung wurde zurückgesetzt</translation>
    </message>
    <message>
        <source>the encrypted connection could not be agreed upon</source>
        <translation>auf eine verschlüsselte Verbindung kam keine Einigung zustande</translation>
    </message>
    <message>
        <source>the external ID is another one</source>
        <translation>die externe ID ist eine andere</translation>
    </message>
    <message>
        <source>the federated user {0}</source>
        <translation>der föderierte Benutzer {0}</translation>
    </message>
    <message>
        <source>the file that holds the token</source>
        <translation>die Datei, die das Token enthält</translation>
    </message>
    <message>
        <source>the host answered nothing</source>
        <translation>der Host antwortete nichts</translation>
    </message>
    <message>
        <source>the host cannot be reached</source>
        <translation>der Host ist nicht erreichbar</translation>
    </message>
    <message>
        <source>the host does not answer</source>
        <translation>der Host antwortet nicht</translation>
    </message>
    <message>
        <source>the host offers no TLS version that is still safe</source>
        <translation>der Host bietet keine TLS-Version, die noch sicher ist</translation>
    </message>
    <message>
        <source>the keys of that name in the credentials file win</source>
        <translation>die Schlüssel dieses Namens in der Anmeldedaten-Datei gehen vor</translation>
    </message>
    <message>
        <source>the name this program is registered by</source>
        <translation>der Name, unter dem dieses Programm registriert ist</translation>
    </message>
    <message>
        <source>the network changed meanwhile</source>
        <translation>das Netzwerk hat unterdessen gewechselt</translation>
    </message>
    <message>
        <source>the profile asked for</source>
        <translation>das verlangte Profil</translation>
    </message>
    <message>
        <source>the program that prints the response or token, with its arguments</source>
        <translation>das Programm, das die Antwort oder das Token ausgibt, mit seinen Argumenten</translation>
    </message>
    <message>
        <source>the provider</source>
        <translation>der Anbieter</translation>
    </message>
    <message>
        <source>the provider's address</source>
        <translation>die Adresse des Anbieters</translation>
    </message>
    <message>
        <source>the proxy cannot be reached</source>
        <translation>der Proxy ist nicht erreichbar</translation>
    </message>
    <message>
        <source>the role's trust policy does not name who asked</source>
        <translation>die Vertrauensrichtlinie der Rolle nennt den Fragenden nicht</translation>
    </message>
    <message>
        <source>the session “{0}” of the role {1}</source>
        <translation>die Sitzung „{0}“ der Rolle {1}</translation>
    </message>
    <message>
        <source>the time limit was exceeded</source>
        <translation>die Zeit ist überschritten</translation>
    </message>
    <message>
        <source>there is no network</source>
        <translation>es gibt kein Netzwerk</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>einen solchen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>this host name could not be looked up</source>
        <translation>dieser Hostname ließ sich nicht nachschlagen</translation>
    </message>
    <message>
        <source>this host name is not known</source>
        <translation>dieser Hostname ist nicht bekannt</translation>
    </message>
    <message>
        <source>this is far beyond</source>
        <translation>dies liegt weit darüber hinaus</translation>
    </message>
    <message>
        <source>this system allows no user namespaces, in which login pages are locked up</source>
        <translation>dieses System erlaubt keine Benutzer-Namensräume, in die Anmeldeseiten eingesperrt werden</translation>
    </message>
    <message>
        <source>token endpoint</source>
        <translation>Token-Endpunkt</translation>
    </message>
    <message>
        <source>token file</source>
        <translation>Token-Datei</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>true, false or “role”</source>
        <translation>true, false oder „role“</translation>
    </message>
    <message>
        <source>verification key</source>
        <translation>Prüfschlüssel</translation>
    </message>
    <message>
        <source>web pages may not use this port</source>
        <translation>Webseiten dürfen diesen Port nicht verwenden</translation>
    </message>
    <message>
        <source>web_identity_token_file of {0}, or AWS_WEB_IDENTITY_TOKEN_FILE</source>
        <translation>web_identity_token_file von {0}, oder AWS_WEB_IDENTITY_TOKEN_FILE</translation>
    </message>
    <message>
        <source>what it gives as its keys is no set of keys.</source>
        <translation>was als Schlüssel kommt, ist kein Schlüsselsatz.</translation>
    </message>
    <message>
        <source>what the profile starts from: identity.NAME, provider.NAME or profile.NAME</source>
        <translation>wovon das Profil ausgeht: identity.NAME, provider.NAME oder profile.NAME</translation>
    </message>
    <message>
        <source>what was asked</source>
        <translation>das Verlangte</translation>
    </message>
    <message>
        <source>who asked may not call sts:AssumeRole on it</source>
        <translation>wer fragt, darf sts:AssumeRole darauf nicht aufrufen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>{0} ({1}) has no sign-in that is reachable from here.</source>
        <translation>{0} ({1}) hat keine Anmeldung, die von hier erreichbar ist.</translation>
    </message>
    <message>
        <source>{0} = {Team = &quot;Data&quot;}</source>
        <translation>{0} = {Team = &quot;Daten&quot;}</translation>
    </message>
    <message>
        <source>{0} Credential={1}/{2}, SignedHeaders={3}, Signature={4}</source>
        <translation>{0} Credential={1}/{2}, SignedHeaders={3}, Signature={4}</translation>
    </message>
    <message>
        <source>{0} That of {1} in account {2} has to hold a statement like this.</source>
        <translation>{0} In der von {1} in Konto {2} muss eine solche Anweisung stehen.</translation>
    </message>
    <message>
        <source>{0} add it to the audiences of {1} in IAM.</source>
        <translation>{0} sie in IAM zu den Zielgruppen von {1} hinzuzufügen.</translation>
    </message>
    <message>
        <source>{0} allow sts:AssumeRoleWithWebIdentity there for that provider, with conditions that fit this token: {1}:aud is “{2}”, {3}:sub is “{4}”.</source>
        <translation>{0} dort sts:AssumeRoleWithWebIdentity für diesen Anbieter zu erlauben, mit Bedingungen, die zu diesem Token passen: {1}:aud ist „{2}“, {3}:sub ist „{4}“.</translation>
    </message>
    <message>
        <source>{0} and Not{1} exclude each other.</source>
        <translation>{0} und Not{1} schließen einander aus.</translation>
    </message>
    <message>
        <source>{0} answered with HTTP {1}.</source>
        <translation>{0} antwortete mit HTTP {1}.</translation>
    </message>
    <message>
        <source>{0} answered {1}.</source>
        <translation>{0} antwortete {1}.</translation>
    </message>
    <message>
        <source>{0} asks for a password by HTTP authentication, not in a page.</source>
        <translation>{0} fragt über HTTP-Authentifizierung nach einem Passwort, nicht auf einer Seite.</translation>
    </message>
    <message>
        <source>{0} asks for a role in account {1}: that works only if the role trusts it.</source>
        <translation>{0} verlangt eine Rolle in Konto {1}: Das geht nur, wenn die Rolle darauf vertraut.</translation>
    </message>
    <message>
        <source>{0} breaks a rule.</source>
        <translation>{0} verletzt eine Regel.</translation>
    </message>
    <message>
        <source>{0} can be read by other users of this machine.</source>
        <translation>{0} ist für andere Benutzer dieses Rechners lesbar.</translation>
    </message>
    <message>
        <source>{0} can be written to by other users of this machine.</source>
        <translation>{0} ist für andere Benutzer dieses Rechners beschreibbar.</translation>
    </message>
    <message>
        <source>{0} cannot be replaced by a file with the same owner and group. {1}</source>
        <translation>{0} lässt sich nicht durch eine Datei mit gleichem Eigentümer und gleicher Gruppe ersetzen. {1}</translation>
    </message>
    <message>
        <source>{0} changed again and again while it was to be written. {1}</source>
        <translation>{0} änderte sich immer wieder, während es zu schreiben war. {1}</translation>
    </message>
    <message>
        <source>{0} characters are possible; this has {1}.</source>
        <translation>{0} Zeichen sind möglich; hier sind es {1}.</translation>
    </message>
    <message>
        <source>{0} could not be opened with it; or somebody changed the file.</source>
        <translation>{0} ließ sich damit nicht öffnen; oder jemand hat die Datei geändert.</translation>
    </message>
    <message>
        <source>{0} could not prove who it is{1}.</source>
        <translation>{0} konnte sich nicht ausweisen{1}.</translation>
    </message>
    <message>
        <source>{0} create it in IAM for {1}, with the audience {2}; and check that the role is in the right account.</source>
        <translation>{0} ihn in IAM für {1} mit der Zielgruppe {2} anzulegen; und prüfen, ob die Rolle im richtigen Konto ist.</translation>
    </message>
    <message>
        <source>{0} denies it explicitly, and that wins over every Allow</source>
        <translation>{0} verweigert es ausdrücklich, und das geht jedem Allow vor</translation>
    </message>
    <message>
        <source>{0} did not answer {1}.</source>
        <translation>{0} antwortete nicht {1}.</translation>
    </message>
    <message>
        <source>{0} does not take these credentials (status {1}).</source>
        <translation>{0} nimmt diese Anmeldedaten nicht (Status {1}).</translation>
    </message>
    <message>
        <source>{0} for a sign-in that posts to the AWS address of {1}.</source>
        <translation>{0} nach einer Anmeldung, die an die AWS-Adresse von {1} sendet.</translation>
    </message>
    <message>
        <source>{0} forgets what it is given.</source>
        <translation>{0} vergisst, was man ihm gibt.</translation>
    </message>
    <message>
        <source>{0} gave those of {1}; {2} was asked for. They were thrown away.</source>
        <translation>{0} gab die von {1}; gefragt war nach {2}. Sie wurden verworfen.</translation>
    </message>
    <message>
        <source>{0} hard links lead to it. Rolecall replaces the file under this name; the others keep the old content.</source>
        <translation>{0} Hardlinks führen dorthin. Rolecall ersetzt die Datei unter diesem Namen; die anderen behalten den alten Inhalt.</translation>
    </message>
    <message>
        <source>{0} has an attribute that forbids every change. {1}</source>
        <translation>{0} hat ein Attribut, das jede Änderung verbietet. {1}</translation>
    </message>
    <message>
        <source>{0} has characters that it cannot have</source>
        <translation>{0} enthält unmögliche Zeichen</translation>
    </message>
    <message>
        <source>{0} has no AWSAccessKeyId.</source>
        <translation>{0} hat keine AWSAccessKeyId.</translation>
    </message>
    <message>
        <source>{0} has no device grant that AWS would take.</source>
        <translation>{0} hat keine Geräteanmeldung, die AWS annähme.</translation>
    </message>
    <message>
        <source>{0} has {1} characters; this has {2}.</source>
        <translation>{0} hat {1} Zeichen; hier sind es {2}.</translation>
    </message>
    <message>
        <source>{0} in [{1}] makes AWS tools ignore the keys</source>
        <translation>{0} in [{1}] lässt AWS-Werkzeuge die Schlüssel übergehen</translation>
    </message>
    <message>
        <source>{0} in account {1}</source>
        <translation>{0} in Konto {1}</translation>
    </message>
    <message>
        <source>{0} in the future: a clock is wrong.</source>
        <translation>{0} in der Zukunft: Eine Uhr geht falsch.</translation>
    </message>
    <message>
        <source>{0} is a device, pipe or socket.</source>
        <translation>{0} ist ein Gerät, eine Pipe oder ein Socket.</translation>
    </message>
    <message>
        <source>{0} is a security key or passkey; STS accepts six-digit codes only.</source>
        <translation>{0} ist ein Sicherheitsschlüssel oder Passkey; STS nimmt nur sechsstellige Codes.</translation>
    </message>
    <message>
        <source>{0} is a text, or a list of texts.</source>
        <translation>{0} ist ein Text oder eine Liste von Texten.</translation>
    </message>
    <message>
        <source>{0} is empty, has blanks around it, or contains control characters.</source>
        <translation>{0} ist leer, von Leerzeichen umgeben oder enthält Steuerzeichen.</translation>
    </message>
    <message>
        <source>{0} is in account {1}, the role in {2}: both must be in the same.</source>
        <translation>{0} ist in Konto {1}, die Rolle in {2}: Beide müssen im selben sein.</translation>
    </message>
    <message>
        <source>{0} is left out.</source>
        <translation>{0} wird weggelassen.</translation>
    </message>
    <message>
        <source>{0} is missing</source>
        <translation>{0} fehlt</translation>
    </message>
    <message>
        <source>{0} is missing.</source>
        <translation>{0} fehlt.</translation>
    </message>
    <message>
        <source>{0} is missing: AWS tools stop here with an error.</source>
        <translation>{0} fehlt: Hier brechen AWS-Werkzeuge mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>{0} is no keyring file of Rolecall ({1}).</source>
        <translation>{0} ist keine Schlüsselbund-Datei von Rolecall ({1}).</translation>
    </message>
    <message>
        <source>{0} is not a URL.</source>
        <translation>{0} ist keine URL.</translation>
    </message>
    <message>
        <source>{0} is not a date and time.</source>
        <translation>{0} ist keine Datums- und Zeitangabe.</translation>
    </message>
    <message>
        <source>{0} is not allowed</source>
        <translation>{0} ist nicht erlaubt</translation>
    </message>
    <message>
        <source>{0} is not https: tokens would go over an unprotected connection.</source>
        <translation>{0} ist nicht https: Token gingen über eine ungeschützte Verbindung.</translation>
    </message>
    <message>
        <source>{0} is not in the last assertion.</source>
        <translation>{0} steht nicht in der letzten Assertion.</translation>
    </message>
    <message>
        <source>{0} is not plain text</source>
        <translation>{0} ist kein einfacher Text</translation>
    </message>
    <message>
        <source>{0} is not the URL of an endpoint.</source>
        <translation>{0} ist nicht die URL eines Endpunkts.</translation>
    </message>
    <message>
        <source>{0} is there more than once, and not the same each time.</source>
        <translation>{0} steht mehrmals da, und nicht jedes Mal gleich.</translation>
    </message>
    <message>
        <source>{0} is there {1} times</source>
        <translation>{0} steht {1}-mal da</translation>
    </message>
    <message>
        <source>{0} is too long, or has characters that it cannot have</source>
        <translation>{0} ist zu lang oder hat Zeichen, die es nicht haben darf</translation>
    </message>
    <message>
        <source>{0} is {1}, and there is no current directory.</source>
        <translation>{0} ist {1}, und es gibt kein aktuelles Verzeichnis.</translation>
    </message>
    <message>
        <source>{0} is {1}, and there is no such home.</source>
        <translation>{0} ist {1}, und ein solches Heimatverzeichnis gibt es nicht.</translation>
    </message>
    <message>
        <source>{0} lacks the permission sts:DecodeAuthorizationMessage. AWS said: {1}</source>
        <translation>{0} fehlt die Berechtigung sts:DecodeAuthorizationMessage. AWS sagte: {1}</translation>
    </message>
    <message>
        <source>{0} may not be written by you. {1}</source>
        <translation>{0} ist für das eigene Konto nicht beschreibbar. {1}</translation>
    </message>
    <message>
        <source>{0} may not begin with “{1}”: AWS keeps that to itself.</source>
        <translation>{0} darf nicht mit „{1}“ beginnen: Das behält AWS sich selbst vor.</translation>
    </message>
    <message>
        <source>{0} may not do {1} on {2}: {3}.</source>
        <translation>{0} darf {1} auf {2} nicht ausführen: {3}.</translation>
    </message>
    <message>
        <source>{0} may not do {1}: {2}.</source>
        <translation>{0} darf {1} nicht ausführen: {2}.</translation>
    </message>
    <message>
        <source>{0} names no keyring</source>
        <translation>{0} nennt keinen Schlüsselbund</translation>
    </message>
    <message>
        <source>{0} of this profile wins</source>
        <translation>{0} dieses Profils geht vor</translation>
    </message>
    <message>
        <source>{0} of this profile wins{1}</source>
        <translation>{0} dieses Profils geht vor{1}</translation>
    </message>
    <message>
        <source>{0} posted more than 1 MiB; AWS takes 100,000 characters.</source>
        <translation>{0} sandte mehr als 1 MiB; AWS nimmt 100.000 Zeichen.</translation>
    </message>
    <message>
        <source>{0} posted several SAML responses at once.</source>
        <translation>{0} sandte mehrere SAML-Antworten auf einmal.</translation>
    </message>
    <message>
        <source>{0} refused to renew it{1}.</source>
        <translation>{0} weigerte sich, sie zu erneuern{1}.</translation>
    </message>
    <message>
        <source>{0} says {1} UTC; it is {2} UTC.</source>
        <translation>{0} sagt {1} UTC; es ist {2} UTC.</translation>
    </message>
    <message>
        <source>{0} sent more than {1} KiB; AWS answers are small.</source>
        <translation>{0} sandte mehr als {1} KiB; Antworten von AWS sind klein.</translation>
    </message>
    <message>
        <source>{0} sent nothing for AWS within {1} min.</source>
        <translation>{0} sandte binnen {1} min nichts für AWS.</translation>
    </message>
    <message>
        <source>{0} signs, as the profile has it.</source>
        <translation>{0} signiert, wie es im Profil steht.</translation>
    </message>
    <message>
        <source>{0} signs, but the profile's source is {1}.</source>
        <translation>{0} signiert, doch die Quelle des Profils ist {1}.</translation>
    </message>
    <message>
        <source>{0} start{1} from it.</source>
        <translation>Davon ausgehend: {0}.</translation>
    </message>
    <message>
        <source>{0} stayed locked for {1} s. {2}</source>
        <translation>{0} blieb {1} s lang gesperrt. {2}</translation>
    </message>
    <message>
        <source>{0} stayed locked for {1} seconds.</source>
        <translation>{0} blieb {1} Sekunden lang gesperrt.</translation>
    </message>
    <message>
        <source>{0} takes https://HOST, or http://127.0.0.1:PORT for a server on this machine.</source>
        <translation>{0} nimmt https://HOST, oder http://127.0.0.1:PORT für einen Server auf diesem Rechner.</translation>
    </message>
    <message>
        <source>{0} takes no such thing.</source>
        <translation>{0} nimmt so etwas nicht.</translation>
    </message>
    <message>
        <source>{0} takes no {1}: tags and source identity come from the provider.</source>
        <translation>{0} nimmt keine {1}: Tags und Quellidentität kommen vom Anbieter.</translation>
    </message>
    <message>
        <source>{0} takes only an IAM user's own key, not a session's.</source>
        <translation>{0} nimmt nur den eigenen Schlüssel eines IAM-Benutzers, nicht den einer Sitzung.</translation>
    </message>
    <message>
        <source>{0} to name the role together with the SAML provider of its own account.</source>
        <translation>{0} die Rolle zusammen mit dem SAML-Anbieter ihres eigenen Kontos zu nennen.</translation>
    </message>
    <message>
        <source>{0} to send another value for the attribute SourceIdentity.</source>
        <translation>{0} einen anderen Wert für das Attribut SourceIdentity zu senden.</translation>
    </message>
    <message>
        <source>{0} to send https://aws.amazon.com/SAML/Attributes/RoleSessionName, such as your mail address.</source>
        <translation>{0} https://aws.amazon.com/SAML/Attributes/RoleSessionName zu senden, etwa die E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>{0} to send the attribute https://aws.amazon.com/SAML/Attributes/Role.</source>
        <translation>{0} das Attribut https://aws.amazon.com/SAML/Attributes/Role zu senden.</translation>
    </message>
    <message>
        <source>{0} to set an address of AWS as recipient, such as https://signin.aws.amazon.com/saml.</source>
        <translation>{0} als Empfänger eine Adresse von AWS zu setzen, etwa https://signin.aws.amazon.com/saml.</translation>
    </message>
    <message>
        <source>{0} to set its clock, or wait until then.</source>
        <translation>{0} die Uhr zu stellen, oder bis dahin warten.</translation>
    </message>
    <message>
        <source>{0} to set the audience {1} or https://signin.aws.amazon.com/saml for AWS.</source>
        <translation>{0} für AWS die Zielgruppe {1} oder https://signin.aws.amazon.com/saml zu setzen.</translation>
    </message>
    <message>
        <source>{0} to sign assertions for AWS.</source>
        <translation>{0} Assertions für AWS zu signieren.</translation>
    </message>
    <message>
        <source>{0} to {1} are possible; {2}.</source>
        <translation>{0} bis {1} sind möglich; {2}.</translation>
    </message>
    <message>
        <source>{0} to {1} seconds are possible; this is {2}.</source>
        <translation>{0} bis {1} Sekunden sind möglich; hier sind es {2}.</translation>
    </message>
    <message>
        <source>{0} was allowed {1} on {2}: this message is about a request that went through.</source>
        <translation>{0} durfte {1} auf {2} ausführen: Diese Meldung gehört zu einer Anfrage, die durchging.</translation>
    </message>
    <message>
        <source>{0} was allowed {1}: this message is about a request that went through.</source>
        <translation>{0} durfte {1} ausführen: Diese Meldung gehört zu einer Anfrage, die durchging.</translation>
    </message>
    <message>
        <source>{0} was changed since it was looked at. Nothing was done.</source>
        <translation>{0} hat sich seit dem Ansehen geändert. Nichts wurde getan.</translation>
    </message>
    <message>
        <source>{0} with a provider of another account; AWS refuses these.</source>
        <translation>{0} mit einem Anbieter eines anderen Kontos; solche lehnt AWS ab.</translation>
    </message>
    <message>
        <source>{0} would get credentials over an unprotected connection.</source>
        <translation>{0} bekäme Anmeldedaten über eine ungeschützte Verbindung.</translation>
    </message>
    <message>
        <source>{0} writes them unencrypted to a file.</source>
        <translation>{0} schreibt sie unverschlüsselt in eine Datei.</translation>
    </message>
    <message>
        <source>{0} “{1}” cannot be taken over</source>
        <translation>{0} „{1}“ lässt sich nicht übernehmen</translation>
    </message>
    <message>
        <source>{0}, but there is no role_arn: AWS tools stop here with an error.</source>
        <translation>{0}, aber es gibt keine role_arn: Hier brechen AWS-Werkzeuge mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>{0}, but {1}: AWS tools stop here with an error.</source>
        <translation>{0}, aber {1}: Hier brechen AWS-Werkzeuge mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>{0}, without a session token.</source>
        <translation>{0}, ohne Sitzungstoken.</translation>
    </message>
    <message>
        <source>{0}: AWS tools stop with an error.</source>
        <translation>{0}: AWS-Werkzeuge brechen mit einem Fehler ab.</translation>
    </message>
    <message>
        <source>{0}; the address it was sent to decides.</source>
        <translation>{0}; es zählt die Adresse, an die gesendet wurde.</translation>
    </message>
    <message>
        <source>{0}Result is missing</source>
        <translation>{0}Result fehlt</translation>
    </message>
    <message>
        <source>“role” sends the code with AssumeRole, but there is no role_arn.</source>
        <translation>„role“ sendet den Code mit AssumeRole, aber es gibt keine role_arn.</translation>
    </message>
    <message>
        <source>“size” cannot be {0}</source>
        <translation>„size“ kann nicht {0} sein</translation>
    </message>
    <message>
        <source>“{0}” begins with a path that is not a whole one</source>
        <translation>„{0}“ beginnt mit einem Pfad, der nicht vollständig ist</translation>
    </message>
    <message>
        <source>“{0}” cannot be a name</source>
        <translation>„{0}“ kann kein Name sein</translation>
    </message>
    <message>
        <source>“{0}” cannot be “{1}”</source>
        <translation>„{0}“ kann nicht „{1}“ sein</translation>
    </message>
    <message>
        <source>“{0}” cannot have a read-only twin</source>
        <translation>„{0}“ kann keinen Nur-Lese-Zwilling haben</translation>
    </message>
    <message>
        <source>“{0}” cannot stand here.</source>
        <translation>„{0}“ kann hier nicht stehen.</translation>
    </message>
    <message>
        <source>“{0}” cannot work like this</source>
        <translation>„{0}“ kann so nicht funktionieren</translation>
    </message>
    <message>
        <source>“{0}” did not offer this role</source>
        <translation>„{0}“ hat diese Rolle nicht angeboten</translation>
    </message>
    <message>
        <source>“{0}” does not fit</source>
        <translation>„{0}“ passt nicht</translation>
    </message>
    <message>
        <source>“{0}” does not have the form of a region.</source>
        <translation>„{0}“ hat nicht die Form einer Region.</translation>
    </message>
    <message>
        <source>“{0}” does not look like eu-west-1 or us-gov-east-1.</source>
        <translation>„{0}“ sieht nicht aus wie eu-west-1 oder us-gov-east-1.</translation>
    </message>
    <message>
        <source>“{0}” does not offer you {1} in {2}</source>
        <translation>„{0}“ bietet {1} in {2} nicht an</translation>
    </message>
    <message>
        <source>“{0}” does not start from a provider</source>
        <translation>„{0}“ geht nicht von einem Anbieter aus</translation>
    </message>
    <message>
        <source>“{0}” has no live session</source>
        <translation>„{0}“ hat keine laufende Sitzung</translation>
    </message>
    <message>
        <source>“{0}” has no source</source>
        <translation>„{0}“ hat keine Quelle</translation>
    </message>
    <message>
        <source>“{0}” has to be confirmed</source>
        <translation>„{0}“ ist zu bestätigen</translation>
    </message>
    <message>
        <source>“{0}” has to be corrected first</source>
        <translation>Erst ist „{0}“ zu berichtigen</translation>
    </message>
    <message>
        <source>“{0}” holds a blank, a quote or another character that none has.</source>
        <translation>„{0}“ enthält ein Leerzeichen, ein Anführungszeichen oder ein anderes Zeichen, das keiner hat.</translation>
    </message>
    <message>
        <source>“{0}” is a federated user, and federated users cannot assume roles.</source>
        <translation>„{0}“ ist ein föderierter Benutzer, und föderierte Benutzer können keine Rollen annehmen.</translation>
    </message>
    <message>
        <source>“{0}” is missing</source>
        <translation>„{0}“ fehlt</translation>
    </message>
    <message>
        <source>“{0}” is neither a profile, an identity, nor aws.</source>
        <translation>„{0}“ ist weder ein Profil noch eine Identität noch aws.</translation>
    </message>
    <message>
        <source>“{0}” is neither memory nor file:PATH.</source>
        <translation>„{0}“ ist weder memory noch file:PATH.</translation>
    </message>
    <message>
        <source>“{0}” is neither the ARN nor the serial number of a device: 9 to 256 characters of letters, digits and _+=/:,.@-</source>
        <translation>„{0}“ ist weder die ARN noch die Seriennummer eines Geräts: 9 bis 256 Zeichen aus Buchstaben, Ziffern und _+=/:,.@-</translation>
    </message>
    <message>
        <source>“{0}” is no element of {1}.</source>
        <translation>„{0}“ ist kein Element von {1}.</translation>
    </message>
    <message>
        <source>“{0}” is no path such as ec2 or cloudwatch.</source>
        <translation>„{0}“ ist kein Pfad wie ec2 oder cloudwatch.</translation>
    </message>
    <message>
        <source>“{0}” is no value.</source>
        <translation>„{0}“ ist kein Wert.</translation>
    </message>
    <message>
        <source>“{0}” is not 12 digits, such as 123456789012.</source>
        <translation>„{0}“ sind nicht 12 Ziffern wie 123456789012.</translation>
    </message>
    <message>
        <source>“{0}” is not a known shell</source>
        <translation>„{0}“ ist keine bekannte Shell</translation>
    </message>
    <message>
        <source>“{0}” is not allowed.</source>
        <translation>„{0}“ ist nicht erlaubt.</translation>
    </message>
    <message>
        <source>“{0}” is not one of the console pages known here.</source>
        <translation>„{0}“ gehört nicht zu den hier bekannten Konsolenseiten.</translation>
    </message>
    <message>
        <source>“{0}” is not read</source>
        <translation>„{0}“ wird nicht gelesen</translation>
    </message>
    <message>
        <source>“{0}” is not signed in to that way</source>
        <translation>Bei „{0}“ wird nicht so angemeldet</translation>
    </message>
    <message>
        <source>“{0}” is not the ARN of a role.</source>
        <translation>„{0}“ ist nicht die ARN einer Rolle.</translation>
    </message>
    <message>
        <source>“{0}” is out of bounds</source>
        <translation>„{0}“ liegt außerhalb der Grenzen</translation>
    </message>
    <message>
        <source>“{0}” is pinned to account {1}: nothing of another one is published.</source>
        <translation>„{0}“ ist an Konto {1} gebunden: Nichts aus einem anderen wird bereitgestellt.</translation>
    </message>
    <message>
        <source>“{0}” is still needed</source>
        <translation>„{0}“ wird noch gebraucht</translation>
    </message>
    <message>
        <source>“{0}” is the root user of its account, and root cannot assume roles.</source>
        <translation>„{0}“ ist der Root-Benutzer seines Kontos, und Root kann keine Rollen annehmen.</translation>
    </message>
    <message>
        <source>“{0}” marks Rolecall's own MFA sessions.</source>
        <translation>„{0}“ kennzeichnet die MFA-Sitzungen von Rolecall selbst.</translation>
    </message>
    <message>
        <source>“{0}” marks sections that Rolecall has set aside.</source>
        <translation>„{0}“ kennzeichnet Abschnitte, die Rolecall beiseitegelegt hat.</translation>
    </message>
    <message>
        <source>“{0}” may not decode the message</source>
        <translation>„{0}“ darf die Meldung nicht entschlüsseln</translation>
    </message>
    <message>
        <source>“{0}” stands there in plain text.</source>
        <translation>„{0}“ steht dort im Klartext.</translation>
    </message>
    <message>
        <source>“{0}” stands twice.</source>
        <translation>„{0}“ steht zweimal da.</translation>
    </message>
    <message>
        <source>“{0}” starts from an entry that cannot be used</source>
        <translation>„{0}“ geht von einem Eintrag aus, der unbrauchbar ist</translation>
    </message>
    <message>
        <source>“{0}” starts from something that is not here</source>
        <translation>„{0}“ geht von etwas aus, das es hier nicht gibt</translation>
    </message>
    <message>
        <source>“{0}” takes no SAML response</source>
        <translation>„{0}“ nimmt keine SAML-Antwort</translation>
    </message>
    <message>
        <source>“{0}” was sent; capitals count, and only the role's owner can tell.</source>
        <translation>Gesendet wurde „{0}“; Großschreibung zählt, und nur der Eigentümer der Rolle weiß es.</translation>
    </message>
    <message>
        <source>“{0}” will get {1} s.</source>
        <translation>„{0}“ erhält {1} s.</translation>
    </message>
</context>
</TS>
